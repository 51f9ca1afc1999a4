"""The auditor's room: read-only, by region, every look on record; exports need a reason; decisions asked again answer the same."""

from datetime import timedelta

import pytest

from tests import filings
from tests.hospital.test_downtime import entered
from tests.remote_care.walking import browser
from tests.town import JAN_5, JAN_6, make_post, make_user
from xinyijian import audit
from xinyijian.audit.models import Event
from xinyijian.audit.sealing import seal
from xinyijian.casework.business_time import business_now
from xinyijian.casework.models import Decision
from xinyijian.casework.workflow import act
from xinyijian.oversight import lists, proof, trail
from xinyijian.oversight.export import safe
from xinyijian.oversight.models import ProofRun
from xinyijian.people import scope, staffing
from xinyijian.policies.models import Change, Value

DAYS = {"since": "2026-01-01", "until": "2026-01-31"}
PAGES = ("", "watched/unmaskings/", "watched/exports/", "watched/accounts/", "overrides/", "policies/", "proof/")
WISH = trail.Wish(since=JAN_5 - timedelta(days=30), until=JAN_5 + timedelta(days=30))


def search(user, **wish):
    answer = browser(user, "en").post("/oversight/", DAYS | wish)
    return answer.content.decode()


@pytest.fixture
def refused(town):
    filing = filings.submitted(town, at=JAN_5, person=town.stranger_person, by=town.stranger, papers=filings.FULL)
    return act(filing.refuse, by=town.clerk, at=JAN_6, reasons=["illegible"], because="dark")


@pytest.mark.parametrize("path", (*PAGES, "export/", "decisions/1/", "watched/other/"))
def test_for_whoever_is_no_auditor_there_is_nothing(town, client, path):
    for who in ("clerk", "officer", "hospital_a", "system_admin", "security_admin", "lan"):
        assert browser(getattr(town, who)).get(f"/oversight/{path}").status_code in (404, 405) or path == "", (who, path)
        assert browser(getattr(town, who)).post(f"/oversight/{path}", DAYS).status_code in (404, 405), (who, path)
    assert client.get(f"/oversight/{path}").url.startswith("/sign-in/")


@pytest.mark.parametrize("path", PAGES)
def test_an_auditor_opens_every_page_and_each_look_is_on_record(town, refused, path):
    assert browser(town.auditor, "en").get(f"/oversight/{path}").status_code == 200
    assert Event.objects.filter(kind__startswith="oversight.", by_id=town.auditor.pk).count() == 1


def test_the_audit_administrator_proves_the_chain_and_reads_nobodys_data(town):
    client = browser(town.audit_admin, "en")
    assert client.get("/oversight/proof/").status_code == 200
    assert {client.get(f"/oversight/{path}").status_code for path in PAGES if path != "proof/"} == {404}


def test_a_search_finds_by_number_person_actor_and_deed_and_masks_the_person(town, refused):
    for wish in ({"number": refused.number}, {"certificate": town.stranger_person.cert_number}, {"actor": "clerk"}, {"verb": "refuse"}):
        html = search(town.auditor, **wish)
        assert refused.number in html and town.stranger_person.masked_name in html, wish
        assert town.stranger_person.name not in html and town.stranger_person.phone not in html
    assert "Nothing found" in search(town.auditor, verb="accept")
    looked = Event.objects.get(kind="oversight.trail", verb="looked_up")
    assert looked.person_id == town.stranger_person.pk and town.stranger_person.cert_number not in str(looked.data)


def test_a_deed_and_a_kind_are_found_by_the_words_that_stand_in_the_list(town, refused):
    decided = {"verb": "refus"}, {"kind": "filing"}, {"kind": "remote_care.Filing", "verb": "Refused"}
    for wish in decided:
        assert f"/oversight/decisions/{Decision.objects.get().pk}/" in search(town.auditor, **wish), wish
    assert "Nothing found" in search(town.auditor, verb="no such deed")


def test_an_auditor_sees_her_own_regions_only(town, refused):
    elsewhere = make_user("auditor_elsewhere", is_staff=True)
    make_post(elsewhere, town.other_bureau, "auditor")
    for wish in ({}, {"number": refused.number}, {"certificate": town.stranger_person.cert_number}, {"actor": "clerk"}):
        assert refused.number not in search(elsewhere, **wish).replace(f'value="{refused.number}"', "")
    assert browser(elsewhere).get(f"/oversight/decisions/{Decision.objects.get().pk}/").status_code == 404
    assert "dark" not in browser(elsewhere).get("/oversight/overrides/").content.decode()


def test_pages_follow_each_other_without_loss(town):
    for number in range(7):
        audit.record("tests.Thing", "look", by=town.clerk, at=JAN_5, object_id=number + 1, region="439901")
    seen, before = [], None
    while True:
        found, before = trail.search(WISH, frozenset({"439901", "439902"}), before=before, size=3)
        seen += [event.object_id for event in found]
        if before is None:
            break
    assert seen == [7, 6, 5, 4, 3, 2, 1]


def test_a_search_costs_the_same_for_few_rows_and_many(town, refused, django_assert_max_num_queries):
    regions = frozenset(f"4399{n:02}" for n in range(90))
    with django_assert_max_num_queries(2):
        assert trail.search(WISH, regions)[0]


def test_days_must_make_sense(town):
    answer = browser(town.auditor, "en").post("/oversight/", {"since": "2026-02-01", "until": "2026-01-01"})
    assert answer.status_code == 422


@pytest.mark.parametrize("why", [{}, {"reason": "plan"}, {"reason": "curious", "because": "just so"}, {"reason": "plan", "because": "x"},
                                 {"reason": "plan", "because": "about 19900000001"}])
def test_an_export_without_a_good_reason_is_none(town, refused, why):
    assert browser(town.auditor).post("/oversight/export/", DAYS | why).status_code == 422
    assert not Event.objects.filter(verb="export").exists()


def test_an_export_is_masked_safe_and_on_record(town, refused):
    why = {"reason": "plan", "because": "yearly audit, sample 3"}
    answer = browser(town.auditor).post("/oversight/export/", DAYS | why)
    text = answer.content.decode()
    assert answer["Content-Type"].startswith("text/csv") and refused.number in text
    assert town.stranger_person.name not in text and town.stranger_person.masked_name not in text
    event = Event.objects.get(verb="export")
    assert event.data["reason"] == "plan" and event.data["rows"] == text.strip().count("\n")


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_what_a_spreadsheet_would_run_is_made_a_text(cell):
    assert safe(cell) == f"'{cell}" and safe("plain") == "plain" and safe(None) == ""


def test_a_decision_asked_again_gives_the_same_answer(town, refused):
    decision = Decision.objects.get()
    html = browser(town.auditor, "en").get(f"/oversight/decisions/{decision.pk}/").content.decode()
    assert "the same answer" in html and "≠" not in html and decision.params_version in html
    assert Event.objects.filter(kind="casework.Decision", verb="read", person_id=town.stranger_person.pk).exists()


def test_a_refusal_against_the_rules_is_listed(town, refused):
    html = browser(town.auditor, "en").get("/oversight/overrides/").content.decode()
    assert refused.number in html and "dark" in html


def test_a_number_entered_by_hand_is_listed(town):
    filing = filings.accepted(town, at=JAN_5)
    act(filing.put_in_force, by=town.second_clerk, at=JAN_6, number="HAND001")
    found = trail.search(trail.Wish(since=WISH.since, until=WISH.until, verbs=("put_in_force",), by_people=True), None)[0]
    assert [event.by_id for event in found] == [town.second_clerk.pk]


def test_a_proof_is_asked_for_run_and_kept(town, transactional_db):
    audit.record("tests.Thing", "look", by=town.clerk, at=JAN_5, object_id=1)
    seal()
    client = browser(town.audit_admin, "en")
    assert client.post("/oversight/proof/", {"first": 5, "last": 1}).status_code == 422
    assert client.post("/oversight/proof/", {"first": 1, "last": 9}).status_code == 302
    assert proof.run_waiting(JAN_6) == 1 and proof.run_waiting(JAN_6) == 0
    run = ProofRun.objects.get()
    assert run.finding == "" and run.asked_by == town.audit_admin and run.finished_at == JAN_6
    assert "as it was sealed" in client.get("/oversight/proof/").content.decode()


def test_codes_stand_small_beside_words(town, refused):
    staffing.unlock(town.clerk, by=town.security_admin, at=JAN_6)
    html = search(town.auditor, verb="unlock")
    assert "unlocked: user" in html and '<code class="soft small">people.User unlock</code>' in html and str(town.bureau.region) in html
    value = Value.objects.get(service="casework", name="quiet_from", region="430000")
    Change.objects.create(value=value, verb="edited", at=JAN_6, because="x", before={"content": 21}, after={"content": 22})
    html = browser(town.auditor, "en").get("/oversight/policies/").content.decode()
    assert "No messages are sent from" in html and "value: 21 → 22" in html and "casework.quiet_from" in html and "edited" in html


def test_from_the_trail_a_decision_is_asked_again(town, refused):
    assert f"/oversight/decisions/{Decision.objects.get().pk}/" in search(town.auditor, verb="refuse")


def test_what_an_auditor_exported_and_who_reset_an_authenticator_is_watched_in_that_region_only(town, refused):
    here, elsewhere = make_user("auditor_here", is_staff=True), make_user("auditor_there", is_staff=True)
    make_post(here, town.bureau, "auditor")
    make_post(elsewhere, town.other_bureau, "auditor")
    browser(here).post("/oversight/export/", DAYS | {"reason": "plan", "because": "yearly audit, sample 3"})
    staffing.reset_second_factor(town.clerk, by=town.security_admin, at=business_now())
    for reader, count in ((here, 1), (town.auditor, 1), (elsewhere, 0)):
        client = browser(reader, "en")
        for page, sign in (("exports", "auditor_here"), ("accounts", "security_admin")):
            assert (sign in watched(client, page)) == bool(count), (reader, page)
    assert Event.objects.get(verb="reset_second_factor").region == Event.objects.get(verb="export").region == "439901"


def watched(client, page):
    """The table of that page, without the frame that names the reader."""
    html = client.get(f"/oversight/watched/{page}/").content.decode()
    return html.partition("<table")[2].partition("</table>")[0]


def test_an_accounts_region_is_of_the_post_in_force_else_of_the_last_else_of_the_insurance(town):
    mover = make_user("mover", is_staff=True)
    old = make_post(mover, town.bureau, "clerk", principal=True)
    new = make_post(mover, town.other_bureau, "clerk", since=JAN_6.date())
    old.until = JAN_5.date()
    old.save()
    assert [scope.region_of(mover, at) for at in (JAN_5, JAN_6)] == ["439901", "439902"]
    new.delete()
    assert scope.region_of(mover, JAN_6) == "439901" and scope.region_of(town.jiangsu, JAN_6) == "329901"


def test_what_was_entered_late_from_paper_is_listed_as_by_hand(town):
    filing = entered(town)
    assert [event.verb for event in lists.by_hand(frozenset({"439901"}), business_now())] == ["enter"]
    assert lists.by_hand(frozenset({"439902"}), business_now()) == []
    assert filing.number in browser(town.auditor, "en").get("/oversight/overrides/").content.decode()
