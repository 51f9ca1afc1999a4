"""更正: who may ask, what the rules ask, who decides, and what is written."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404

from data_rights.models import Correction
from tests import requests_of
from tests.remote_care.walking import browser, hidden, photo
from tests.requests_of import correction
from tests.town import JAN_5, JAN_6
from xinyijian.audit.models import Event
from xinyijian.casework import decisions
from xinyijian.casework.models import Decision, Document, Notice
from xinyijian.casework.rules import Refused
from xinyijian.casework.workflow import act
from xinyijian.people import find
from xinyijian.people.models import Person

DAY = timedelta(days=1)
ASK = "/my-data/correction/"


def codes(deed, **kwargs):
    with pytest.raises(Refused) as no:
        act(deed, **kwargs)
    return [u.code for u in no.value.unmet]


def test_a_decided_correction_is_written_and_the_event_names_no_value(town):
    case = correction(town, at=JAN_5)
    act(case.correct, by=town.clerk, at=JAN_6, because="the register says so")
    person = Person.objects.get(pk=town.stranger_person.pk)
    assert person.address == "示例大道 9 号"
    event = Event.objects.get(kind="people.Person", verb="correct")
    assert event.data == {"what": "address", "case": case.number} and event.person_id == person.pk and event.by_id == town.clerk.pk
    told = Notice.objects.get(template="data_rights/accept_correction")
    assert case.number in told.text and "示例大道" not in told.text
    assert decisions.still_holds(Decision.objects.get(docket=case.docket))
    assert "示例大道" not in str(list(Decision.objects.values())) + str(list(Event.objects.values()))


def test_a_corrected_phone_is_found_by_its_new_number_only(town):
    old = town.stranger_person.phone
    act(correction(town, at=JAN_5, field="phone", wanted="+86 199 0000 0777").correct, by=town.clerk, at=JAN_6, because="called back")
    assert list(find.by_phone("19900000777")) == [town.stranger_person] and not find.by_phone(old)


@pytest.mark.parametrize(
    ("field", "wanted"), [("phone", "12345"), ("born_on", "2030-01-01"), ("born_on", "8 March"), ("sex", "x"), ("name", "<b>")]
)
def test_what_is_merely_typed_wrong_is_said_at_once_and_opens_nothing(town, field, wanted):
    with pytest.raises(ValidationError):
        correction(town, at=JAN_5, field=field, wanted=wanted)
    assert not Correction.objects.exists()


def test_where_the_region_wants_a_paper_none_goes_without(town):
    with pytest.raises(Refused) as no:
        correction(town, at=JAN_5, field="born_on", wanted="1979-02-15")
    assert [u.code for u in no.value.unmet] == ["evidence_missing"] and not Correction.objects.exists()
    case = correction(town, at=JAN_5, field="born_on", wanted="1979-02-15", paper=True)
    act(case.correct, by=town.clerk, at=JAN_6, because="the paper shows it")
    assert str(Person.objects.get(pk=town.stranger_person.pk).born_on) == "1979-02-15"


def test_what_is_kept_already_needs_no_correction(town):
    with pytest.raises(Refused) as no:
        correction(town, at=JAN_5, field="sex", wanted="1", paper=True)
    assert "nothing_to_correct" in [u.code for u in no.value.unmet]


def test_nobody_decides_her_own_request_or_another_countys(town):
    case = correction(town, at=JAN_5, by=town.counter)
    for user, error in ((town.counter, PermissionDenied), (town.auditor, PermissionDenied), (town.elsewhere, Http404), (town.lan, Http404)):
        with pytest.raises(error):
            act(case.correct, by=user, at=JAN_6, because="x")
    town.clerk.person = town.stranger_person
    town.clerk.save(update_fields=["person"])
    assert codes(case.correct, by=town.clerk, at=JAN_6, because="mine") == ["four_eyes"]


def test_a_refused_one_changes_nothing_and_tells_why(town):
    before = town.stranger_person.address
    case = act(correction(town, at=JAN_5).refuse, by=town.clerk, at=JAN_6, because="the register says otherwise")
    assert (case.status, case.answer) == ("refused", "the register says otherwise")
    assert Person.objects.get(pk=town.stranger_person.pk).address == before
    html = browser(town.stranger, "en").get(f"/cases/{case.number}/").content.decode()
    assert "the register says otherwise" in html and "Ask a person to look" in html


def test_it_is_due_after_the_working_days_of_the_region(town):
    case = correction(town, at=JAN_5)
    entry = case.docket.__class__.objects.get(pk=case.docket_id)
    assert (entry.queue_role, entry.due_name) == ("clerk", "decide") and str(entry.due_at)[:10] == "2026-01-26"


@pytest.mark.parametrize("field", ["address", "phone", "other"])
def test_she_asks_on_a_page_and_two_presses_are_one_request(town, field):
    client, wanted = (
        browser(town.lan, "en"),
        {"address": "示例路 3 号", "phone": "19900000555", "other": "my photo is somebody else's"}[field],
    )
    page = client.get(f"{ASK}?field={field}").content.decode()
    given = {"wanted": wanted, "because": "moved", "key": hidden(page)["key"]}
    first, second = (client.post(f"{ASK}?field={field}", given) for _press in (1, 2))
    assert first.status_code == 302 and first.url == second.url and Correction.objects.count() == 1
    assert "Being looked at" in client.get(first.url).content.decode()


def test_the_form_keeps_what_was_typed_and_says_what_is_wrong(town):
    client = browser(town.lan, "en")
    answer = client.post(f"{ASK}?field=phone", {"wanted": "123", "because": "a new phone", "key": "00000000-0000-4000-8000-000000000001"})
    html = answer.content.decode()
    assert answer.status_code == 422 and "11 digits" in html and "a new phone" in html
    assert client.get(f"{ASK}?field=cert_number").status_code == 404


def test_a_paper_goes_with_it(town):
    client = browser(town.lan, "en")
    key = hidden(client.get(f"{ASK}?field=name").content.decode())["key"]
    given = {"wanted": "李小兰", "because": "a misprint", "key": key}
    assert client.post(f"{ASK}?field=name", given).status_code == 422
    assert client.post(f"{ASK}?field=name", given | {"evidence": photo()}).status_code == 302
    assert Document.objects.get().kind == "evidence"


def test_the_desk_decides_on_the_shared_pages(town):
    case = correction(town, at=JAN_5)
    clerk = browser(town.clerk, "en")
    assert "示例大道 9 号" in clerk.get(f"/cases/{case.number}/").content.decode()
    assert clerk.post(f"/cases/{case.number}/correct/", {"because": ""}).status_code == 422
    assert clerk.post(f"/cases/{case.number}/correct/", {"because": "done"}).status_code == 302
    assert Correction.objects.get().status == "corrected"


def test_every_state_can_be_reached(town):
    assert set(requests_of.corrections_in_every_state(town, JAN_5)) == set(Correction.Status.values)


def test_she_withdraws_it_and_nothing_is_written(town):
    case = act(correction(town, at=JAN_5).withdraw, by=town.stranger, at=JAN_6)
    assert case.status == "withdrawn" and Person.objects.get(pk=town.stranger_person.pk).address == town.stranger_person.address
    assert codes(case.correct, by=town.clerk, at=JAN_6, because="too late") == ["wrong_state"]


def test_without_a_field_she_chooses_what_is_wrong_from_what_stands_there(town):
    html = browser(town.stranger, "en").get(ASK).content.decode()
    assert all(f'href="?field={field}"' in html for field in ("name", "born_on", "phone", "other"))
    assert town.stranger_person.masked_phone in html and town.stranger_person.phone not in html
