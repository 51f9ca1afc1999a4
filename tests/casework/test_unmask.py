"""脱敏还原: a masked value in full only with the right, for a reason of the list, once, and on record."""

import pytest

from tests import filings
from tests.remote_care.walking import browser
from tests.town import JAN_5
from xinyijian.audit.models import Event

UNMASK = "/desk/unmask/"
GOOD = {"what": "cert_number", "reason": "compare", "because": "to compare with the card shown"}


@pytest.fixture
def filing(town):
    return filings.submitted(town, at=JAN_5)


def ask(user, filing, **given):
    return browser(user, "en").post(UNMASK, {"number": filing.number, **GOOD, **given})


def test_with_a_reason_the_value_stands_on_this_answer_alone(town, filing):
    page = browser(town.counter, "en").get(UNMASK, {"number": filing.number}).content.decode()
    assert town.mother_person.cert_number not in page and not Event.objects.filter(verb="unmask").exists()
    answer = ask(town.counter, filing)
    assert answer.status_code == 200 and town.mother_person.cert_number in answer.content.decode() and "no-store" in answer["Cache-Control"]
    event = Event.objects.get(verb="unmask")
    assert (event.person_id, event.by_id, event.region) == (town.mother_person.pk, town.counter.pk, "439901")
    assert event.data == {"what": "cert_number", "reason": "compare", "because": GOOD["because"], "case": filing.number}
    assert town.mother_person.cert_number not in str(event.data)


@pytest.mark.parametrize(
    "given",
    [
        {"reason": ""},
        {"reason": "curious"},
        {"because": ""},
        {"because": "abc"},
        {"because": "x" * 201},
        {"what": "password"},
        {"because": "her number is 19900000001"},
        {"because": "439901195003080102 on the card"},
    ],
)
def test_without_a_good_reason_nothing_is_shown_and_what_was_typed_stays(town, filing, given):
    answer = ask(town.officer, filing, **given)
    html = answer.content.decode()
    assert answer.status_code == 422 and town.mother_person.cert_number not in html
    assert not Event.objects.filter(verb="unmask").exists()


@pytest.mark.parametrize(
    ("who", "status"), [("clerk", 403), ("auditor", 403), ("elsewhere", 404), ("hospital_a", 404), ("lan", 404), ("mother", 404)]
)
def test_whoever_may_not_see_it_is_shown_nothing(town, filing, who, status):
    assert ask(getattr(town, who), filing).status_code == status
    assert browser(getattr(town, who)).get(UNMASK, {"number": filing.number}).status_code == status


def test_a_contact_person_is_masked_at_the_desk_too(town, filing):
    assert filings.ANSWERS["contact_phone"] not in browser(town.officer).get(f"/cases/{filing.number}/").content.decode()
    assert filings.ANSWERS["contact_phone"] in ask(town.officer, filing, what="contact_phone").content.decode()


def test_a_person_is_found_by_reach_not_by_key(town):
    wish = {"person": town.mother_person.pk, **GOOD}
    assert town.mother_person.cert_number in browser(town.counter).post(UNMASK, wish).content.decode()
    for user, person in ((town.counter, town.neighbour_person.pk), (town.counter, "9" * 18), (town.counter, "x"), (town.counter, "")):
        assert browser(user).post(UNMASK, wish | {"person": person}).status_code == 404


def test_the_way_there_is_shown_to_those_who_may(town, filing):
    pages = {who: browser(getattr(town, who)).get(f"/cases/{filing.number}/").content.decode() for who in ("clerk", "counter")}
    assert f"{UNMASK}?number={filing.number}" in pages["counter"] and UNMASK not in pages["clerk"]


def test_the_phone_list_says_why_by_itself(town, filing):
    notice = filing.docket.notices.get(recipient=town.mother_person)
    type(notice).objects.filter(pk=notice.pk).update(state="failed", next_try_at=None)
    assert town.mother_person.phone in browser(town.counter).post("/desk/calls/", {"notice": notice.pk, "deed": "number"}).content.decode()
    assert Event.objects.get(verb="unmask").data["reason"] == "reach"
