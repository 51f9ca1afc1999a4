"""人工复核: every automatic no has a person behind it, and she was not involved."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from data_rights.models import Review
from tests import filings
from tests.remote_care.walking import browser, hidden
from tests.requests_of import correction, review
from tests.town import JAN_5, JAN_6, JAN_12
from xinyijian.casework.models import Docket, Notice
from xinyijian.casework.rules import Refused
from xinyijian.casework.workflow import act

ASK = "/my-data/review/"


def refused_filing(town, by):
    filing = filings.submitted(town, at=JAN_5, person=town.stranger_person, by=town.stranger, papers=filings.FULL)
    return act(filing.refuse, by=by, at=JAN_6, reasons=["illegible"], because="cannot be read")


def test_whoever_was_involved_does_not_review_it(town):
    filing = refused_filing(town, by=town.officer)
    case = review(town, at=JAN_6, about=filing.docket)
    with pytest.raises(Refused) as no:
        act(case.uphold, by=town.officer, at=JAN_12, because="I was right")
    assert [u.code for u in no.value.unmet] == ["involved"]
    case = act(Review.objects.get().uphold, by=town.second_officer, at=JAN_12, because="looked at the picture: it cannot be read")
    assert case.status == "upheld" and "答复维持" in Notice.objects.get(template="data_rights/uphold_answer").text or case.answer


def test_a_reader_of_the_case_was_not_involved(town):
    case = review(town, at=JAN_6, about=refused_filing(town, by=town.clerk).docket)
    assert browser(town.officer).get(f"/cases/{case.about.number}/").status_code == 200
    assert act(case.change, by=town.officer, at=JAN_12, because="it can be read").status == "changed"


@pytest.mark.parametrize(
    ("who", "error"),
    [("clerk", PermissionDenied), ("counter", PermissionDenied), ("auditor", PermissionDenied), ("elsewhere", Http404), ("lan", Http404)],
)
def test_only_an_officer_of_the_place_answers(town, who, error):
    case = review(town, at=JAN_5)
    with pytest.raises(error):
        act(case.uphold, by=getattr(town, who), at=JAN_6, because="x")


def test_it_waits_for_an_officer_and_is_due_by_the_regions_term(town):
    entry = Docket.objects.get(pk=review(town, at=JAN_5).docket_id)
    assert (entry.queue_role, entry.due_name, str(entry.due_at)[:10]) == ("officer", "decide", "2026-01-19")


def test_one_open_review_of_one_answer(town):
    about = refused_filing(town, by=town.clerk).docket
    first, again, other = review(town, at=JAN_6, about=about), review(town, at=JAN_6, about=about), review(town, at=JAN_6)
    assert first.pk == again.pk != other.pk
    act(first.uphold, by=town.officer, at=JAN_12, because="no")
    assert review(town, at=JAN_12, about=about).pk != first.pk


def test_an_answer_without_a_reason_is_none(town):
    case, officer = review(town, at=JAN_5), browser(town.officer, "en")
    assert officer.post(f"/cases/{case.number}/uphold/", {"because": " "}).status_code == 422
    assert officer.post(f"/cases/{case.number}/uphold/", {"because": "no rating came"}).status_code == 302
    assert "no rating came" in browser(town.stranger, "en").get(f"/cases/{case.number}/").content.decode()


def test_every_automatic_no_leads_to_a_person(town):
    client, filing = browser(town.stranger, "en"), refused_filing(town, by=town.clerk)
    assert f'{ASK}?about=standing"' in client.get("/").content.decode()
    assert f"{ASK}?about=case%3A{filing.number}" in client.get(f"/cases/{filing.number}/").content.decode()
    draft = filings.draft(town, at=JAN_5, person=town.stranger_person, by=town.stranger, papers=())
    for page in (f"/remote-care/filings/{draft.number}/check/", f"/cases/{draft.number}/submit/"):
        assert f"{ASK}?about=case%3A{draft.number}" in client.get(page).content.decode(), page
    assert "Ask a person to look" not in browser(town.clerk, "en").get(f"/cases/{filing.number}/").content.decode()


def test_she_asks_on_a_page(town):
    client, filing = browser(town.stranger, "en"), refused_filing(town, by=town.clerk)
    page = client.get(ASK, {"about": f"case:{filing.number}"}).content.decode()
    given = {"because": "the picture is sharp", "key": hidden(page)["key"]}
    answer = client.post(f"{ASK}?about=case:{filing.number}", given)
    assert answer.status_code == 302 and "A person is looking at it" in client.get(answer.url).content.decode()
    assert "You have asked already" in client.get(ASK, {"about": f"case:{filing.number}"}).content.decode()
    assert client.post(f"{ASK}?about=standing", given | {"because": "", "key": "00000000-0000-4000-8000-000000000001"}).status_code == 422


def test_about_what_she_may_not_see_nothing_can_be_asked(town):
    filing, lan = refused_filing(town, by=town.clerk), browser(town.lan)
    for about in (f"case:{filing.number}", "case:RC439901-260101-00000000", "everything", ""):
        assert lan.get(ASK, {"about": about}).status_code == 404, about
        assert lan.post(f"{ASK}?about={about}", {"because": "x"}).status_code == 404


def test_a_daughter_asks_for_her_mother_only_with_a_grant_for_this(town):
    filing = act(filings.submitted(town, at=JAN_5).refuse, by=town.clerk, at=JAN_6, reasons=["illegible"], because="dark")
    with pytest.raises(PermissionDenied):
        review(town, at=JAN_6, person=town.mother_person, by=town.lan, about=filing.docket)
    assert review(town, at=JAN_6, person=town.mother_person, by=town.mother, about=filing.docket).agent is None


@pytest.mark.parametrize("made", [review, correction])
def test_whoever_is_asked_to_answer_cannot_make_a_request_go_away(town, made):
    case = made(town, at=JAN_5)
    for who in (town.clerk, town.officer):
        with pytest.raises(PermissionDenied):
            act(case.withdraw, by=who, at=JAN_6)
    assert act(type(case).objects.get().withdraw, by=town.counter, at=JAN_6).status == "withdrawn", "for her who stands there"


def test_she_withdraws_it_and_may_ask_again(town):
    case = act(review(town, at=JAN_5).withdraw, by=town.stranger, at=JAN_6)
    assert case.status == "withdrawn" and review(town, at=JAN_12).pk != case.pk


def test_without_a_subject_she_chooses_among_the_answers_she_got(town):
    filing = refused_filing(town, by=town.clerk)
    undecided = filings.submitted(town, at=JAN_12, person=town.neighbour_person, by=town.neighbour, papers=filings.FULL)
    html = browser(town.stranger, "en").get(ASK).content.decode()
    assert 'href="?about=standing"' in html and f'href="?about=case:{filing.number}"' in html
    others = browser(town.neighbour, "en").get(ASK).content.decode()
    assert filing.number not in others and undecided.number not in others
