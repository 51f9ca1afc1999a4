"""重新开通账号: what she closed herself the counter opens again, with her certificate, her consent on paper, and a message to her."""

import pytest

from data_rights.models import Reopening
from tests import filings
from tests.remote_care.walking import browser, hidden
from tests.requests_of import correction, reopening
from tests.town import JAN_5, JAN_6
from xinyijian.audit.models import Event
from xinyijian.casework.models import Notice
from xinyijian.casework.rules import Refused
from xinyijian.people.closing import close_sign_in
from xinyijian.people.models import Consent, Person, User


@pytest.fixture
def closed(town):
    """The stranger, who had a case and has closed the account."""
    town.history = correction(town, at=JAN_5)
    close_sign_in(town.stranger, at=JAN_5)
    return town.stranger_person


def seen(person, **more):
    given = {"name": person.name, "cert_type": person.cert_type, "cert_number": person.cert_number, "phone": "", "seen": "on"}
    return given | more


# The step data_rights.Reopening "open_again" is pressed by tests.requests_of.reopening.
def refusal(deed, *args, **kwargs):
    with pytest.raises(Refused) as no:
        deed(*args, **kwargs)
    return [one.code for one in no.value.unmet]


@pytest.mark.req("S2.7")
def test_the_counter_opens_it_again_and_the_old_history_is_hers_to_see(town, closed):
    desk = browser(town.counter, "en")
    page = desk.post("/desk/accounts/", seen(closed)).url
    html = desk.get(page).content.decode()
    assert page == f"/my-data/open-again/{town.stranger.pk}/" and closed.masked_cert in html and "She closed this account herself" in html
    given = {"key": hidden(html)["key"], "because": "wants it again", "phone": "19900000555", "seen": "on", "agreed": "on"}
    assert desk.post(page, given | {"agreed": ""}).status_code == desk.post(page, given | {"because": "19900000555"}).status_code == 422
    assert desk.post(page, given).url == desk.post(page, given).url == f"/desk/accounts/{town.stranger.pk}/", "sent twice"
    assert "open already" in desk.get(f"/desk/accounts/{town.stranger.pk}/").content.decode() and desk.get(page).status_code == 404
    user, case = User.objects.get(pk=town.stranger.pk), Reopening.objects.get()
    assert user.is_active and not user.has_usable_password() and user.phones.get().verified_at is None
    event = Event.objects.get(kind="people.User", verb="open_again")
    assert (event.by_id, event.by_label, event.data) == (town.counter.pk, "counter", {"case": case.number, "because": "wants it again"})
    consent = Consent.objects.get(kind="account")
    assert (consent.person_id, consent.how, consent.given_by_id, consent.reference) == (closed.pk, "paper", town.counter.pk, case.number)
    told = Notice.objects.get(template="data_rights/open_again")
    assert told.recipient == closed and told.code in told.text and case.number in told.text
    assert town.history.number in browser(user, "en").get("/cases/").content.decode()


def test_without_name_and_certificate_typed_just_now_there_is_no_such_page(town, closed):
    page = f"/my-data/open-again/{town.stranger.pk}/"
    for who in ("counter", "clerk", "auditor", "security_admin", "hospital_a", "lan"):
        client = browser(getattr(town, who))
        assert client.get(page).status_code == client.post(page, {}).status_code == 404, who


def test_what_was_not_closed_by_her_stays_as_it_is_and_every_reason_is_told(town, closed):
    User.objects.filter(pk=town.lan.pk).update(is_active=False)  # by an administrator
    assert refusal(reopening, town, at=JAN_6, person=town.lan_person) == ["not_closed_by_herself"]
    Person.objects.filter(pk=closed.pk).update(died_on=JAN_5.date(), born_on="2020-01-01")
    assert refusal(reopening, town, at=JAN_6) == ["died", "child"]
    assert not Reopening.objects.exists() and not User.objects.get(pk=town.stranger.pk).is_active


def test_opened_again_it_is_not_opened_twice_and_closing_again_works(town, closed):
    reopening(town, at=JAN_6)
    assert refusal(reopening, town, at=JAN_6) == ["not_closed_by_herself"]
    close_sign_in(User.objects.get(pk=town.stranger.pk), at=JAN_6)
    assert reopening(town, at=JAN_6).status == "opened"
    assert filings.submitted(town, at=JAN_6, person=closed, by=User.objects.get(pk=town.stranger.pk), papers=filings.FULL).number
