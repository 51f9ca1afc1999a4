"""容缺: what is owed, until when, and what happens when it comes, comes late or does not come."""
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from remote_care.models import Filing
from tests import filings
from tests.town import JAN_5
from xinyijian.care.models import Coverage
from xinyijian.casework import clock, documents
from xinyijian.casework.actors import PLATFORM
from xinyijian.casework.days import day_of
from xinyijian.casework.legal_time import working_days
from xinyijian.casework.models import APPLICANT, Deficiency, Docket, Errand, Notice
from xinyijian.casework.proofs import prove
from xinyijian.casework.rules import Refused
from xinyijian.casework.workflow import act
from xinyijian.policies import forget
from xinyijian.policies.models import Value

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
PROOF = "residence_proof"


def fresh(filing):
    return Filing.objects.get(pk=filing.pk)


def end_of_term(filing):
    return filing.gap_term(filing.params()).at


@pytest.fixture
def ends(law):
    """A region whose pack lets the filing end when the documents do not come."""
    Value.objects.filter(name="gap_overdue_effect").update(content="end")


@pytest.fixture
def asks_an_officer(law):
    """A region whose pack lets an officer decide."""
    Value.objects.filter(name="gap_overdue_effect").update(content="officer")


@pytest.mark.req("S0.80", "S0.18")
def test_the_effect_starts_at_once_and_the_term_explains_itself(town):
    filing = filings.in_force(town, at=JAN_5)
    params = filing.params()
    term = working_days(filing.gap_since, params.supplement_working_days, params.calendar)
    assert (filing.status, end_of_term(filing)) == ("in_force", term.at)
    assert Coverage.objects.in_force(day_of(JAN_5)).get(person=town.mother_person).case_number == filing.number
    docket = Docket.objects.get(pk=filing.docket_id)
    assert (docket.queue_role, docket.due_name, docket.due_at) == (APPLICANT, "supplement", term.at)
    assert len(filing.deadlines(None, params)[0].term.words()) >= 1


@pytest.mark.req("S0.80")
def test_given_and_verified_in_time_the_gap_is_closed(town):
    filing = filings.in_force(town, at=JAN_5)
    given = filings.with_paper(filing, PROOF, by=town.lan, at=JAN_5 + DAY)
    docket = Docket.objects.get(pk=filing.docket_id)
    assert (given.given, given.next_verb, docket.queue_role, docket.due_name) == ([PROOF], "", "clerk", "verify")
    done = act(given.verify_gap, by=town.clerk, at=JAN_5 + 2 * DAY, code=PROOF)
    owed = Deficiency.objects.get(docket=filing.docket)
    assert (done.gaps, done.given, owed.state, owed.verified_by) == ([], [], "verified", town.clerk)
    assert Docket.objects.get(pk=filing.docket_id).queue_role == ""
    assert clock.tick(JAN_5 + 300 * DAY) == 0
    assert prove(JAN_5 + 300 * DAY, without=("nothing_waits_for_days",)) == []


@pytest.mark.req("S0.80")
def test_while_the_bureau_looks_the_term_rests(town):
    filing = filings.in_force(town, at=JAN_5)
    first = end_of_term(filing)
    given = filings.with_paper(filing, PROOF, by=town.lan, at=first - DAY)
    assert clock.tick(first + 5 * DAY) == 0  # nothing is held against her meanwhile
    back = act(fresh(given).reject_gap, by=town.clerk, at=first + 6 * DAY, code=PROOF, because="看不清")
    assert back.given == [] and end_of_term(back) > first + 6 * DAY
    assert Deficiency.objects.get(docket=filing.docket).because == "看不清"


def test_the_reminder_comes_once_so_many_days_before(town):
    filing = filings.in_force(town, at=JAN_5)
    moment = end_of_term(filing) - filing.params().remind_days_before * DAY
    assert (filing.next_verb, filing.next_due_at) == ("remind_gap", moment)
    assert (clock.tick(moment - SECOND), clock.tick(moment), clock.tick(moment + SECOND)) == (0, 1, 0)
    assert Notice.objects.filter(template="remote_care/remind_gap").count() == 2  # to the mother and to the daughter who acts


@pytest.mark.req("S0.80")
def test_overdue_the_filing_lapses_where_the_pack_says_so(town, ends):
    filing = filings.in_force(town, at=JAN_5)
    end = end_of_term(filing)
    clock.tick(end - SECOND)
    assert fresh(filing).status == "in_force"
    clock.tick(end)
    lapsed = fresh(filing)
    assert (lapsed.status, Deficiency.objects.get(docket=filing.docket).state) == ("lapsed", "overdue")
    assert not Coverage.objects.in_force(day_of(end) + 2 * DAY).exists()
    assert Errand.objects.filter(docket=filing.docket, name="cancel_number").exists()
    assert lapsed.docket.decisions.get(outcome="lapsed").by is None
    words = Notice.objects.filter(template="remote_care/lapse").first().text
    assert "急诊" in words and "报销" in words


@pytest.mark.req("S0.80")
def test_overdue_an_officer_decides_where_the_pack_says_so(town, asks_an_officer):
    filing = filings.in_force(town, at=JAN_5)
    end = end_of_term(filing)
    clock.tick(end)
    overdue = fresh(filing)
    docket = Docket.objects.get(pk=filing.docket_id)
    assert (overdue.status, overdue.gap_overdue_at, docket.queue_role, docket.due_name) == ("in_force", end, "officer", "decide_overdue")
    with pytest.raises(PermissionDenied):
        act(fresh(filing).extend_gap, by=town.counter, at=end + DAY, because="x")
    more = act(overdue.extend_gap, by=town.officer, at=end + DAY, because="住院")
    assert (more.gap_overdue_at, Deficiency.objects.get(docket=filing.docket).state) == (None, "owed")
    assert end_of_term(more) > end + DAY
    clock.tick(end_of_term(more))
    assert act(fresh(filing).lapse, by=town.officer, at=end_of_term(more) + DAY).status == "lapsed"


def test_nothing_lapses_before_it_is_overdue(town):
    filing = filings.in_force(town, at=JAN_5)
    with pytest.raises(Refused) as no:
        act(filing.lapse, by=town.officer, at=end_of_term(filing) - SECOND)
    assert [u.code for u in no.value.unmet] == ["gap_not_overdue"]
    with pytest.raises(Refused):
        act(fresh(filing).extend_gap, by=town.officer, at=JAN_5 + DAY, because="x")


def test_a_document_that_comes_late_is_still_taken(town, asks_an_officer):
    filing = filings.in_force(town, at=JAN_5)
    clock.tick(end_of_term(filing))
    given = filings.with_paper(fresh(filing), PROOF, by=town.lan, at=end_of_term(filing) + DAY)
    done = act(given.verify_gap, by=town.clerk, at=end_of_term(filing) + 2 * DAY, code=PROOF)
    assert (done.gaps, done.gap_overdue_at) == ([], None)


def test_marking_overdue_is_the_clocks_alone(town, asks_an_officer):
    filing = filings.in_force(town, at=JAN_5)
    for user in (town.officer, town.root):
        with pytest.raises(PermissionDenied):
            act(fresh(filing).mark_overdue, by=user, at=end_of_term(filing) + DAY)


def test_a_day_that_was_told_never_comes_earlier(town):
    filing = filings.in_force(town, at=JAN_5)
    told = end_of_term(filing)
    Value.objects.filter(name="supplement_working_days").update(content=3)
    forget()
    assert end_of_term(fresh(filing)) == told


def test_only_her_side_and_the_counter_hand_in(town):
    filing = filings.in_force(town, at=JAN_5)
    paper = documents.receive(filing.docket, PROOF, filings.photo(), by=town.counter, at=JAN_5 + DAY)
    for nobody in (town.stranger, town.father, town.hospital_a, town.elsewhere):
        with pytest.raises(Http404):
            act(fresh(filing).give_missing, by=nobody, at=JAN_5 + DAY, code=PROOF, document=paper)
    with pytest.raises(PermissionDenied):
        act(fresh(filing).give_missing, by=PLATFORM, at=JAN_5 + DAY, code=PROOF, document=paper)
    assert act(fresh(filing).give_missing, by=town.counter, at=JAN_5 + DAY, code=PROOF, document=paper).given == [PROOF]
