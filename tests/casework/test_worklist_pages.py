"""The desk's pages: list, preview, search, claims, people to be phoned, the demo's clock."""

from datetime import timedelta

import pytest

from remote_care.models import Filing
from tests import filings
from tests.casework.register import people, waiting
from tests.remote_care.walking import browser
from tests.town import make_person
from xinyijian.audit.models import Event
from xinyijian.casework import business_time
from xinyijian.casework.business_time import business_now
from xinyijian.casework.models import Claim, Docket, Notice

DESK = "/desk/"
HOUR = timedelta(hours=1)


@pytest.fixture
def now(db):
    return business_now()


@pytest.fixture
def clerk(town):
    return browser(town.clerk, "en")


def text(answer, status=200):
    assert answer.status_code == status, answer.status_code
    return answer.content.decode()


def test_the_desk_does_not_exist_for_people_and_needs_a_sign_in(town, client):
    for path in (DESK, "/desk/search/", "/desk/claims/", "/desk/calls/"):
        assert browser(town.lan).get(path).status_code == 404
        assert client.get(path).url.startswith("/sign-in/")


def test_who_works_on_no_case_has_no_lists_of_calls_letters_and_messages(town):
    for who, status in ((town.counter, 200), (town.hospital_a, 200), (town.physician, 404), (town.banker, 404), (town.auditor, 404)):
        found = {browser(who).get(f"/desk/{page}/").status_code for page in ("calls", "letters", "reached")}
        assert found == {status}, who


def test_the_list_says_what_is_asked_of_whom_and_who_has_it(town, clerk, now):
    entry = waiting(town, now - 100 * HOUR)
    waiting(town, now + HOUR)
    Claim.objects.create(docket=entry, role="clerk", holder=town.second_clerk, since=now)
    html = text(clerk.get(DESK))
    assert html.index(entry.number) < html.index("Decide the filing")
    assert "王**" in html and "王桂英" not in html and "1 overdue" in html and "overdue by 4 days" in html
    assert 'aria-current="page"' in html and "data-rows" in html


def test_a_page_of_the_list_costs_the_same_for_ten_and_sixty_rows(town, clerk, now, django_assert_max_num_queries):
    clerk.get(DESK)
    counted = []
    for batch in (10, 50):
        for n, person in enumerate(people(batch) if batch == 10 else [make_person(serial=300 + n) for n in range(50)]):
            waiting(town, now + n * HOUR, person=person)
        with django_assert_max_num_queries(20) as captured:
            assert clerk.get(DESK).status_code == 200
        counted.append(len(captured))
    assert counted[0] == counted[1]


def test_the_next_page_begins_where_this_one_ended(town, clerk, now):
    numbers = [waiting(town, now + n * HOUR).number for n in range(53)]
    page = clerk.get(DESK)
    assert numbers[49] in text(page) and numbers[50] not in text(page)
    later = text(clerk.get(page.context["next_url"]))
    assert all(number in later for number in numbers[50:]) and numbers[49] not in later


@pytest.mark.parametrize("query", ["view=nonsense", "after=nonsense", "after=20260101T000000000000%2B0000_x", "show=RC1"])
def test_an_address_that_nobody_was_given_does_not_exist(clerk, query):
    assert clerk.get(f"{DESK}?{query}").status_code == 404


def test_what_is_shown_beside_the_list_is_within_reach_and_on_record(town, clerk, now):
    filing = filings.submitted(town, at=now - HOUR, papers=filings.FULL)
    html = text(clerk.get(DESK, {"show": filing.number}))
    assert "Every rule is met" in html and "天河路 100 号" in html
    assert Event.objects.get(verb="read").data == {"as": "preview"}
    assert browser(town.elsewhere).get(DESK, {"show": filing.number}).status_code == 404


def test_another_county_finds_nothing_and_leaves_no_trace_of_whom(town, now):
    filing = filings.submitted(town, at=now - HOUR)
    for number in (filing.number, town.mother_person.cert_number, town.mother_person.phone):
        assert "Nothing found" in text(browser(town.elsewhere, "en").post("/desk/search/", {"q": number}))
    assert set(Event.objects.filter(kind="casework.search").values_list("person_id", flat=True)) == {None}


def test_several_ticked_cases_are_taken_each_with_its_own_outcome(town, clerk, now):
    free, held, elsewhere = waiting(town, now), waiting(town, now), waiting(town, now, region="439902")
    Claim.objects.create(docket=held, role="clerk", holder=town.second_clerk, since=now)
    answer = clerk.post(
        "/desk/claims/", {"deed": "take", "number": [free.number, held.number, elsewhere.number], "next": DESK}, follow=True
    )
    assert f"{held.number}" in text(answer) and "has it in hand since" in text(answer)
    assert dict(Claim.objects.values_list("docket", "holder")) == {free.pk: town.clerk.pk, held.pk: town.second_clerk.pk}


def test_a_case_is_handed_over_and_put_back_from_its_page(town, clerk, now):
    filing = filings.submitted(town, at=now - HOUR)
    page = f"/cases/{filing.number}/"
    for deed, more in (("take", {}), ("hand_over", {"to": town.second_clerk.pk})):
        answer = clerk.post("/desk/claims/", {"deed": deed, "number": filing.number, "next": page, **more})
        assert answer.url == page
    assert Claim.objects.get().holder == town.second_clerk
    browser(town.second_clerk).post("/desk/claims/", {"deed": "release", "number": filing.number})
    assert not Claim.objects.exists()


@pytest.mark.parametrize("wish", [{"deed": "steal"}, {"deed": "take", "number": "RC439901-260101-99999999"}])
def test_what_is_no_deed_or_no_case_does_not_exist(town, clerk, now, wish):
    entry = waiting(town, now)
    assert clerk.post("/desk/claims/", {"number": entry.number} | wish).status_code == 404


def test_after_a_claim_nobody_is_sent_to_a_foreign_page(town, clerk, now):
    entry = waiting(town, now)
    for wish in ("//evil.example/", "https://evil.example/", "javascript:alert(1)"):
        assert clerk.post("/desk/claims/", {"deed": "take", "number": entry.number, "next": wish}).url == DESK


def failed(town, now):
    filings.submitted(town, at=now - HOUR)
    Notice.objects.update(state="failed", next_try_at=None, problem="no phone number")
    return Notice.objects.filter(recipient=town.mother_person).get()


def test_whom_no_message_reached_is_phoned_and_what_was_said_is_kept(town, clerk, now):
    notice = failed(town, now)
    html = text(clerk.get("/desk/calls/"))
    assert notice.text[:30] in html and town.mother_person.phone not in html
    clerk.post("/desk/calls/", {"notice": notice.pk, "deed": "missed", "note": "nobody at home"})
    assert Notice.objects.get(pk=notice.pk).state == "failed"
    clerk.post("/desk/calls/", {"notice": notice.pk, "deed": "reached", "note": "told the mother herself"})
    assert Notice.objects.get(pk=notice.pk).state == "delivered"
    events = list(Event.objects.filter(kind="casework.Notice").order_by("pk").values_list("verb", "data"))
    assert [verb for verb, _data in events] == ["not_reached", "phoned"] and "nobody at home" not in str(events)
    said = notice.sendings.get(channel="phone").said
    assert "nobody at home" in said and "told the mother herself" in said  # sealed; the trail keeps the deed alone
    assert clerk.post("/desk/calls/", {"notice": notice.pk, "deed": "reached", "note": "again"}).status_code == 404


def test_the_whole_phone_number_is_for_those_who_may_see_it_and_on_record(town, now):
    notice = failed(town, now)
    wish = {"notice": notice.pk, "deed": "number"}
    assert browser(town.clerk).post("/desk/calls/", wish).status_code == 403
    assert browser(town.elsewhere).post("/desk/calls/", wish).status_code == 404
    assert town.mother_person.phone in text(browser(town.counter).post("/desk/calls/", wish))
    assert Event.objects.get(verb="unmask").by_id == town.counter.pk


def test_a_call_without_a_note_is_not_closed(town, clerk, now):
    notice = failed(town, now)
    answer = clerk.post("/desk/calls/", {"notice": notice.pk, "deed": "reached", "note": " "}, follow=True)
    assert "Please note what was said" in text(answer) and Notice.objects.get(pk=notice.pk).state == "failed"


def test_the_demos_clock_moves_on_by_a_press_only_and_never_outside_the_demo(town, clerk, now, settings):
    assert "One day on" in text(clerk.get("/demo/time/"))
    assert clerk.post("/demo/time/", {"days": "2"}).status_code == 404
    assert clerk.post("/demo/time/", {"days": "7"}).url == "/demo/time/"
    assert timedelta(days=6, hours=23) < business_time.business_now() - now < timedelta(days=7, hours=1)
    settings.DEMO = False
    assert clerk.get("/demo/time/").status_code == clerk.post("/demo/time/", {"days": "7"}).status_code == 404


def test_the_demos_clock_needs_a_sign_in(client, db):
    assert client.post("/demo/time/", {"days": "7"}).url.startswith("/sign-in/")


@pytest.mark.req("S0.80")
def test_a_month_later_the_promised_paper_is_overdue_and_the_reminder_was_sent_before(town, clerk, now):
    gap = filings.in_force(town, at=now - HOUR)
    clerk.post("/demo/time/", {"days": "30"})
    clerk.post("/demo/time/", {"days": "30"})
    verbs = list(Event.objects.filter(kind="remote_care.Filing", object_id=gap.pk).order_by("pk").values_list("verb", flat=True))
    assert verbs.index("remind_gap") < len(verbs) - 1 and verbs[-1] in ("mark_overdue", "lapse")
    assert Docket.objects.get(pk=gap.docket_id).status == Filing.objects.get(pk=gap.pk).status
