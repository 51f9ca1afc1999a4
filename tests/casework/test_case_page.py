"""A case on its page: for its person in plain words, for the desk with papers, rules and buttons."""

import re
from datetime import timedelta

import pytest
from django.utils.translation import override

from remote_care.models import Filing
from tests import filings
from tests.casework.papers import sheets, upload
from tests.remote_care.walking import begin, browser, fill_in, sign
from tests.town import make_person, make_post, make_user
from xinyijian.audit.models import Event
from xinyijian.casework import decisions_shown, documents
from xinyijian.casework.business_time import business_now
from xinyijian.casework.days import day_of
from xinyijian.casework.models import Errand
from xinyijian.casework.workflow import act


@pytest.fixture
def now(db):
    return business_now() - timedelta(hours=1)


def read(user, case, **query):
    answer = browser(user, "en").get(f"/cases/{case.number}/", query)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def refused(town, at):
    filing = filings.submitted(town, at=at, papers=filings.FULL)
    return act(filing.refuse, by=town.clerk, at=at, reasons=["illegible"], because="The number cannot be read")


@pytest.mark.req("S3.24")
def test_its_person_reads_the_public_word_what_comes_next_and_how_the_date_is_computed(town, now):
    html = read(town.mother, filings.submitted(town, at=now))
    assert "Being looked at" in html and "to be decided" not in html
    assert "The bureau decides" in html and "How is this computed?" in html and "working days" in html
    assert "Accept" not in re.sub("Accepted", "", html)


def test_who_acts_for_her_reads_it_and_sees_for_whom_it_is(town, now):
    assert "for 王**" in read(town.lan, filings.submitted(town, at=now))


@pytest.mark.parametrize("who", ["stranger", "neighbour", "husband", "elsewhere", "jiangsu_clerk", "hospital_a", "hospital_b", "physician"])
def test_for_everybody_else_it_does_not_exist(town, now, who):
    filing = filings.submitted(town, at=now)
    client = browser(getattr(town, who))
    assert client.get(f"/cases/{filing.number}/").status_code == 404
    assert client.get("/cases/RC439901-260101-00000000/").status_code == 404


def test_a_grant_that_has_ended_closes_the_page(town, now):
    filing = filings.submitted(town, at=now)
    town.mother_person.grants_given.update(revoked_at=now)
    assert browser(town.lan).get(f"/cases/{filing.number}/").status_code == 404


@pytest.mark.req("S0.12", "S0.80")
def test_what_is_owed_stands_there_with_why_until_when_and_where_to_send_it(town, now):
    gap = filings.in_force(town, at=now)
    html = read(town.lan, gap)
    assert f'href="/cases/{gap.number}/give_missing/?code={gap.owed[0]}"' in html
    assert "In force" in html and "This will do as well" in html and "working days" in html


def test_what_was_given_is_with_the_bureau_and_asks_nothing_more(town, now):
    gap = filings.in_force(town, at=now)
    given = filings.with_paper(gap, gap.owed[0], by=town.lan, at=now + timedelta(minutes=5))
    html = read(town.lan, given)
    assert "Received. We are looking at it" in html and "give_missing" not in html


@pytest.mark.req("S3.24")
def test_a_refusal_gives_every_reason_what_to_do_and_the_remedies(town, now):
    html = read(town.lan, refused(town, now))
    for words in (
        "Not approved",
        "The number cannot be read",
        "A document cannot be read",
        "Take the photo again",
        "If you do not agree",
        "60 days",
    ):
        assert words in html
    assert "The filing notice was read" not in html.split("What was asked for")[0]  # only what was lacking


def test_what_was_sent_back_says_what_to_mend_and_leads_to_the_form(town, now):
    filing = filings.submitted(town, at=now, papers=filings.FULL)
    filing = act(filing.return_to_applicant, by=town.clerk, at=now, redo=["residence_proof"], because="Your name is not on it")
    html = read(town.lan, filing)
    assert "Your name is not on it" in html and "proof of residence" in html
    assert f'href="/remote-care/filings/{filing.number}/"' in html and f"/cases/{filing.number}/submit/" not in html


def test_a_draft_leads_back_to_its_form_and_has_no_receipt_yet(town, now):
    draft = filings.draft(town, at=now)
    html = read(town.lan, draft)
    assert f'href="/remote-care/filings/{draft.number}/"' in html and "receipt.pdf" not in html
    assert "receipt.pdf" in read(town.lan, act(draft.submit, by=town.lan, at=now))


def test_the_desk_sees_facts_papers_rules_and_buttons_with_what_they_do(town, now):
    filing = filings.submitted(town, at=now)
    html = read(town.clerk, filing)
    assert "to be decided" in html and "Being looked at" not in html
    assert "S3.10" in html and "May follow later" in html
    assert f'href="/cases/{filing.number}/accept/" data-key="a"' in html and "The number is asked at once" in html
    assert "天河路 100 号" in html and "王桂英" not in html and town.mother_person.cert_number not in html
    assert f"/documents/{filing.docket.documents.get().uuid}/?page=1" in html


def test_the_desk_turns_the_pages_of_all_papers_in_turn(town, now):
    filing = filings.submitted(town, at=now, papers=filings.FULL)
    first, second = filing.docket.documents.order_by("kind")
    html = read(town.clerk, filing)
    assert f"paper={second.uuid}&amp;page=1" in html and 'data-turn="1"' in html and 'data-turn="-1"' not in html
    html = read(town.clerk, filing, paper=str(second.uuid), page="1")
    assert f'src="/documents/{second.uuid}/?page=1"' in html and 'data-turn="-1"' in html and 'data-turn="1"' not in html
    assert f'src="/documents/{first.uuid}/?page=1"' in read(town.clerk, filing, paper="nonsense", page="99")


def test_a_promised_paper_that_came_is_the_one_that_lies_open(town, now):
    gap = filings.in_force(town, at=now)
    given = filings.with_paper(gap, gap.owed[0], by=town.lan, at=now + timedelta(minutes=5))
    paper = given.docket.documents.get(kind="residence_proof")
    assert f'src="/documents/{paper.uuid}/?page=1"' in read(town.clerk, given)


@pytest.mark.req("S0.80")
def test_the_desk_reads_what_was_promised_and_signed(town, now):
    lan = browser(town.lan)
    filing = begin(lan, town.mother_person)
    fill_in(lan, filing, papers=("identity_card",), today=day_of(business_now()).isoformat())
    sign(lan, filing, "promise")
    filing = Filing.objects.get(pk=filing.pk)
    html = read(town.clerk, act(filing.submit, by=town.lan, at=business_now()))
    part = html.split("Read, promised and signed")[1].split("</section>")[0]
    assert "Promise to hand in later" in part and "proof of residence" in part and "signed online" in part
    assert filing.signed_letters[-1]["sha256"][:12] in part


def test_who_looks_at_somebody_elses_case_at_work_is_on_record_and_she_herself_is_not(town, now):
    filing = filings.submitted(town, at=now)
    read(town.lan, filing)
    read(town.clerk, filing)
    event = Event.objects.get(verb="read")
    assert (event.kind, event.object_id, event.by_id, event.person_id) == (
        "casework.Docket",
        filing.docket_id,
        town.clerk.pk,
        filing.person_id,
    )
    assert "Sent to the bureau" in read(town.clerk, filing)  # a reading is no move of the case


def test_a_decision_shows_its_facts_rules_and_how_sure_each_value_is(town, now):
    filing = filings.accepted(town, at=now)
    html = read(town.second_clerk, filing)
    assert "Decided by" in html and "clerk" in html and "On which facts?" in html and "city of care" in html
    assert "not verified" in html and "NHSA-2022-22" in html
    decision = filing.docket.decisions.get()
    values = decisions_shown.values_of(decision)
    assert len(values) == len(decision.params["values"]) and {"assumed", "unverified"} >= {values[0]["grade"]}
    assert [v["grade"] == "sourced" for v in values] == sorted(v["grade"] == "sourced" for v in values)


def test_a_decision_from_before_a_rule_asked_for_more_shows_what_was_answered_then(town, now):
    filing = filings.accepted(town, at=now)
    decision = filing.docket.decisions.select_related("event", "docket").get()
    assert decisions_shown.is_askable(decision)
    decision.facts.pop("insured_here")
    with override("en"):
        shown = decisions_shown.shown(filing, decision)
        assert len(shown["answers"]) == len(decision.answers) and all(answer.ok for answer in shown["answers"])
        assert "The rules have changed since" in str(shown["marks"][-1])


def test_a_number_that_the_platform_refused_says_so_and_can_be_entered_by_hand(town, now):
    filing = filings.accepted(town, at=now)
    Errand.objects.update(next_try_at=None, attempts=1, answer="E17: unknown region")
    html = read(town.clerk, filing)
    assert "E17: unknown region" in html and f'<a href="/cases/{filing.number}/put_in_force/">' in html
    Errand.objects.update(next_try_at=now, attempts=3, answer="timed out")
    assert "No answer yet after 3 tries" in read(town.clerk, filing)
    assert "timed out" not in read(town.lan, filing)


@pytest.mark.req("S0.3", "S0.4")
def test_the_page_says_through_whom_she_benefits(town, now):
    assert "through the child 李**" in read(town.mother, filings.submitted(town, at=now))


def test_one_who_works_at_the_bureau_of_the_city_opens_it_too(town, now):
    chief = make_user("chief", is_staff=True)
    make_post(chief, town.city_bureau, "officer")
    assert "to be decided" in read(chief, filings.submitted(town, at=now))


def test_the_desk_page_asks_equally_often_however_much_has_happened(town, now, django_assert_max_num_queries):
    filing = filings.submitted(town, at=now, papers=filings.FULL, person=make_person(serial=777), by=town.counter)
    for _turn in range(4):
        filing = act(filing.return_to_applicant, by=town.clerk, at=now, redo=[], because="again")
        filing = act(filing.submit, by=town.counter, at=now)
    client = browser(town.clerk)
    with django_assert_max_num_queries(45):
        client.get(f"/cases/{filing.number}/")
    assert Filing.objects.get(pk=filing.pk).status == "submitted"


def test_a_sheet_is_turned_and_enlarged_by_links_and_stays_so_within_its_paper(town, now):
    filing = filings.submitted(town, at=now)
    papers = [documents.receive(filing.docket, "lease", upload(sheets(pages), "a.pdf"), by=town.mother, at=now) for pages in (2, 1)]
    wish = {"paper": str(papers[0].uuid), "page": "1", "turn": "90", "zoom": "3"}
    html = read(town.clerk, filing, **wish)
    assert 'class="viewer turn-1 zoom-3"' in html and f'src="/documents/{papers[0].uuid}/?page=1"' in html
    onward = f"paper={papers[0].uuid}&amp;page="
    for link in (f"{onward}2&amp;turn=90&amp;zoom=3", f"{onward}1&amp;turn=180&amp;zoom=3", f"{onward}1&amp;turn=90&amp;zoom=2"):
        assert f'{link}#paper"' in html
    assert 'class="viewer turn-0 zoom-1"' in read(town.clerk, filing, **wish | {"turn": "45", "zoom": "99"})


def test_turning_a_sheet_over_and_back_is_one_look(town, now):
    filing = filings.submitted(town, at=now, papers=filings.FULL)
    paper, other = filing.docket.documents.order_by("kind")
    client = browser(town.clerk)
    for one, turn in ((paper, "0"), (paper, "90"), (other, "0"), (paper, "180")):
        client.get(f"/cases/{filing.number}/", {"paper": str(one.uuid), "page": "1", "turn": turn})
        client.get(f"/documents/{one.uuid}/?page=1")
    assert Event.objects.filter(verb="read", kind="casework.Docket").count() == 1
    assert list(Event.objects.filter(kind="documents.read").order_by("pk").values_list("object_id", flat=True)) == [paper.pk, other.pk]
    browser(town.second_clerk).get(f"/documents/{paper.uuid}/?page=1")
    assert Event.objects.filter(kind="documents.read", object_id=paper.pk).count() == 2
