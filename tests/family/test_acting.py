"""Leave to act for somebody: given for chosen services until a day, taken back at once, by her alone."""
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from family import acting
from tests.remote_care.walking import browser
from tests.town import JAN_5, make_person
from xinyijian.audit.models import Event
from xinyijian.casework.business_time import business_now
from xinyijian.casework.days import day_of
from xinyijian.people.authority import may_act_for
from xinyijian.people.models import Consent, Grant

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
pytestmark = pytest.mark.usefixtures("law")


def give(town, until=None, codes=("remote_care",), at=JAN_5, **more):
    until = until or (at + 30 * DAY).date()
    return acting.give(town.husband_person, town.lan_person, list(codes), until, by=town.husband, at=at, **more)


@pytest.mark.req("S2.16")
def test_it_holds_for_the_chosen_service_until_the_end_of_the_chosen_day_and_no_second_longer(town):
    grant, = give(town)
    person, end = town.husband_person.pk, grant.until
    assert may_act_for(town.lan, person, "remote_care", JAN_5) and not may_act_for(town.lan, person, "data_rights", JAN_5)
    assert may_act_for(town.lan, person, "remote_care", end - SECOND) and not may_act_for(town.lan, person, "remote_care", end)
    consent = Consent.objects.get(person=person)
    assert (consent.kind, consent.version, consent.how) == ("acting", "2026-11", "online") and consent.sha256[:16] in grant.consent
    assert Event.objects.get(kind="people.Grant", verb="give").person_id == person


def test_taken_back_nobody_acts_from_that_second_on(town):
    grant, = give(town)
    assert acting.take_back(grant, by=town.husband, at=JAN_5 + DAY, because="not_wanted")
    assert not acting.take_back(grant, by=town.husband, at=JAN_5 + DAY, because="not_wanted")
    assert may_act_for(town.lan, town.husband_person.pk, "remote_care", JAN_5 + DAY - SECOND)
    assert not may_act_for(town.lan, town.husband_person.pk, "remote_care", JAN_5 + DAY)
    assert Event.objects.filter(kind="people.Grant", verb="revoke").count() == 1


def test_given_anew_it_replaces_what_the_same_person_held(town):
    first, = give(town)
    second, = give(town, at=JAN_5 + DAY)
    assert list(Grant.objects.in_force(JAN_5 + DAY).filter(agent=town.lan_person, person=town.husband_person)) == [second]


def test_everything_that_is_wrong_is_said_at_once(town):
    minor = make_person("小", born_on=(JAN_5 - 3000 * DAY).date(), serial=970)
    with pytest.raises(ValidationError) as no:
        acting.give(town.husband_person, minor, ["family"], acting.latest_end(town.husband_person, JAN_5) + DAY, by=town.husband, at=JAN_5)
    assert len(no.value.messages) == 3 and not Consent.objects.exists()


def test_a_clerk_enters_no_leave_to_act_of_her_own(town):
    town.counter.person = town.lan_person
    with pytest.raises(ValidationError) as no:
        acting.give(town.husband_person, town.lan_person, [], JAN_5.date(), by=town.counter, at=JAN_5, how=Consent.How.PAPER)
    assert len(no.value.messages) == 2 and not Grant.objects.filter(person=town.husband_person).exists()


def test_the_form_sent_twice_gives_it_once_and_others_are_not_offered(town):
    client = browser(town.husband, "en")
    form = client.get("/family/acting/new/").context["form"]
    assert [pk for pk, _name in form.fields["other"].choices] == [str(town.lan_person.pk)]
    typed = {"other": town.lan_person.pk, "services": ["remote_care"], "until": day_of(business_now()).isoformat(), "agree": "on",
             "key": str(form["key"].value())}
    for _twice in range(2):
        assert client.post("/family/acting/new/", typed).status_code == 302
    assert Grant.objects.filter(person=town.husband_person).count() == 1
    assert client.post("/family/acting/new/", typed | {"other": town.stranger_person.pk}).status_code == 422


def test_either_side_ends_it_on_its_page_and_a_third_sees_nothing(town):
    grant, = give(town)
    for user, status in ((town.stranger, 404), (town.elsewhere, 404), (town.hospital_a, 404), (town.lan, 302), (town.husband, 302)):
        assert browser(user).post(f"/family/end/grant/{grant.pk}/", {"because": "other"}).status_code == status, user
    grant.refresh_from_db()
    assert grant.revoked_at


@pytest.mark.parametrize("page", ["acting/new", "mutual-aid/new", "entitlement"])
def test_the_text_is_read_as_a_text_and_not_as_a_message(town, page):
    shown = browser(town.husband).get(f"/family/{page}/").content.decode()
    assert "Text(" not in shown and "2026-11" in shown
