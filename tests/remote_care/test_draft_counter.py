"""The same walk for somebody at the counter: found by the whole number, on record, signed on paper."""
import re

import pytest

from remote_care.models import Filing
from tests.remote_care.walking import browser, fill_in, get, hidden, photo, post
from xinyijian.audit.models import Event
from xinyijian.casework import pages
from xinyijian.casework.business_time import business_now
from xinyijian.casework.days import day_of

COUNTER = "/remote-care/counter/"


@pytest.fixture
def desk(town):
    return browser(town.counter, "en")


def search(client, number, cert_type="01"):
    return client.post(COUNTER, {"cert_type": cert_type, "number": number}).content.decode()


def begin_for(client, person):
    found = re.search(r'name="found" value="([^"]+)"', search(client, person.cert_number)).group(1)
    answer = client.post(COUNTER, {"found": found})
    assert answer.status_code == 302
    return Filing.objects.get(number=answer.url.split("/")[-2]), found


@pytest.mark.req("S3.31", "S3.32", "S2.24")
def test_the_whole_walk_at_the_counter(town, desk):
    filing, _found = begin_for(desk, town.mother_person)
    assert filing.channel == "counter" and filing.agent is None and filing.opened_by == town.counter
    fill_in(desk, filing, papers=("identity_card",), today=day_of(business_now()).isoformat())
    html = get(desk, filing, "sign")
    assert "desk.css" in html and "side" in html, "in the layout of the desk"
    post(desk, filing, "sign", 422, sign_promise="on", **hidden(html))
    post(desk, filing, "sign", sign_promise="on", scan_promise=photo((5, 5, 5)), **hidden(html))
    filing = Filing.objects.get()
    assert filing.signed_letters[-1]["how"] == "paper" and filing.docket.documents.filter(kind="signed_promise").exists()
    post(desk, filing, "check")
    assert Filing.objects.get().status == "submitted"


@pytest.mark.req("S0.13")
def test_an_emergency_is_recorded_at_the_counter_too(town, desk):
    filing, found = begin_for(desk, town.mother_person)
    for _press in range(2):
        answer = desk.post(COUNTER, {"found": found, "emergency": "1"})
    recorded = Filing.objects.exclude(pk=filing.pk).get()
    assert recorded.number in answer.url and (recorded.type, recorded.channel) == ("emergency", "counter")


@pytest.mark.req("S3.31")
def test_only_the_whole_number_finds_somebody_and_every_search_is_on_record(town, desk):
    number = town.mother_person.cert_number
    for wrong in (number[:-1], number[:12], "王桂英", ""):
        assert "王**" not in search(desk, wrong)
    assert not Event.objects.filter(verb="looked_up").exists(), "what cannot be a number is not looked up"
    html = search(desk, number)
    assert "王**" in html and "王桂英" not in html and number not in html.replace(f'value="{number}"', "")
    event = Event.objects.get(verb="looked_up")
    assert event.person_id == town.mother_person.pk and event.by_id == town.counter.pk


def test_somebody_insured_elsewhere_looks_like_nobody(town, desk):
    elsewhere, nobody = search(desk, town.neighbour_person.cert_number), search(desk, "439901199001011231")
    assert "何**" not in elsewhere and "Nobody with this number is insured here" in elsewhere
    assert "439901199001011231" not in nobody or "typing mistake" in nobody
    assert Event.objects.get(verb="looked_up").person_id is None


def test_a_double_press_opens_one_case(town, desk):
    _filing, found = begin_for(desk, town.mother_person)
    desk.post(COUNTER, {"found": found})
    assert Filing.objects.count() == 1


def test_a_ticket_cannot_be_forged_or_handed_on(town, desk):
    _filing, found = begin_for(desk, town.mother_person)
    assert desk.post(COUNTER, {"found": found[:-2] + "xx"}).status_code == 422
    assert browser(town.clerk).post(COUNTER, {"found": found}).status_code == 403
    assert browser(town.elsewhere).post(COUNTER, {"found": found}).status_code == 403
    assert Filing.objects.count() == 1


def test_who_may_not_file_for_others_has_no_counter(town):
    for user in (town.lan, town.auditor, town.hospital_a, town.physician):
        assert browser(user).get(COUNTER).status_code == 403
    assert browser().get(COUNTER).url.startswith("/sign-in/")


def test_reading_and_writing_a_draft_at_the_desk_leave_a_trace_but_are_no_step_of_it(town, desk):
    filing, _found = begin_for(desk, town.mother_person)
    get(desk, filing, "contact")
    post(desk, filing, "contact", 422, contact_phone="12", contact_name="李晓兰")
    assert [(event.verb, event.data) for event in Event.objects.filter(object_id=filing.docket_id, kind="casework.Docket")] == [
        ("read", {"as": "form, contact"}), ("write", {"fields": ["contact_name"]})]
    assert [move["verb"] for move in pages.timeline_of(filing)] == ["start"]
