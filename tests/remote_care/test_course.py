"""The rest of a filing's course: returned, refused, number, end, cancellation, withdrawal."""
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from remote_care import policy
from remote_care.forms import PutInForceForm
from remote_care.models import Filing
from remote_care.services import open_filing
from tests import filings
from tests.town import JAN_5, make_person
from xinyijian.care.models import Coverage
from xinyijian.casework import clock, documents, errands
from xinyijian.casework.actors import PLATFORM
from xinyijian.casework.days import day_of, end_of
from xinyijian.casework.models import APPLICANT, Docket, Errand, Notice
from xinyijian.casework.rules import Refused
from xinyijian.casework.workflow import act
from xinyijian.policies import forget
from xinyijian.policies.models import Value

DAY = timedelta(days=1)


def fresh(filing):
    return Filing.objects.get(pk=filing.pk)


@pytest.mark.req("S3.24")
def test_a_returned_filing_is_sent_again_with_the_new_paper_only(town):
    filing = filings.submitted(town, at=JAN_5, papers=filings.FULL)
    back = act(filing.return_to_applicant, by=town.clerk, at=JAN_5 + DAY, redo=["identity_card"], because="照片反光")
    docket = Docket.objects.get(pk=filing.docket_id)
    assert (back.status, back.redo, docket.queue_role, docket.due_name) == ("returned", ["identity_card"], APPLICANT, "correct")
    assert "照片反光" in Notice.objects.get(template="remote_care/return_to_applicant", recipient=town.mother_person).text
    with pytest.raises(Refused) as no:
        act(fresh(filing).submit, by=town.lan, at=JAN_5 + 2 * DAY)
    assert [u.code for u in no.value.unmet] == ["principal_missing"]  # her start date was sound on the day she first sent it
    fresh_paper = documents.receive(filing.docket, "identity_card", filings.photo("navy"), by=town.lan, at=JAN_5 + 2 * DAY)
    again = act(fresh(filing).submit, by=town.lan, at=JAN_5 + 2 * DAY)
    assert (again.status, again.redo, fresh_paper.kind) == ("submitted", [], "identity_card")


@pytest.mark.req("S3.24", "S3.30")
def test_a_refusal_keeps_every_reason(town):
    filing = filings.submitted(town, at=JAN_5)
    no = act(filing.refuse, by=town.clerk, at=JAN_5 + DAY, reasons=["illegible", "contradiction"], because="两处不符")
    decision = filing.docket.decisions.get()
    assert (no.status, no.reasons, decision.outcome, decision.because) == ("refused", ["illegible", "contradiction"], "refused", "两处不符")
    assert [name.rpartition(".")[2] for name, _code in decision.answers] == [rule.__name__ for rule in policy.ALL]  # weighed, all of them
    assert Docket.objects.get(pk=filing.docket_id).closed_at == JAN_5 + DAY
    assert filings.draft(town, at=JAN_5 + 2 * DAY).status == "draft"  # she may file again


@pytest.mark.req("S3.30")
def test_the_number_is_asked_of_the_platform_and_puts_the_filing_in_force(town, simulators):
    filing = filings.accepted(town, at=JAN_5)
    assert errands.run_due(JAN_5 + DAY) == 1
    live = fresh(filing)
    assert live.status == "in_force" and live.platform_number
    assert Errand.objects.get(docket=filing.docket).answer == live.platform_number
    assert errands.run_due(JAN_5 + 2 * DAY) == 0


def test_when_the_answer_is_lost_the_question_is_repeated_and_the_number_is_the_same(town, simulators):
    filing = filings.accepted(town, at=JAN_5)
    simulators.faults(platform="lost")
    assert errands.run_due(JAN_5 + DAY) == 0 and fresh(filing).status == "accepted"
    simulators.faults(platform="ok")
    assert errands.run_due(JAN_5 + 2 * DAY) == 1
    assert fresh(filing).status == "in_force"


def test_when_the_platform_refuses_staff_are_told_and_take_the_acceptance_back(town, simulators):
    filing = filings.accepted(town, at=JAN_5)
    simulators.faults(platform="refuse")
    errands.run_due(JAN_5 + DAY)
    errand = Errand.objects.get(docket=filing.docket)
    assert errand.done_at is None and errand.next_try_at is None and errand.answer
    back = act(fresh(filing).take_back, by=town.clerk, at=JAN_5 + 2 * DAY, reasons=["platform_refused"], because="平台不予登记")
    assert (back.status, back.reasons) == ("refused", ["platform_refused"])
    with pytest.raises(PermissionDenied):
        act(filings.accepted(town, at=JAN_5 + 3 * DAY, start_on=day_of(JAN_5 + 3 * DAY)).take_back, by=town.counter, at=JAN_5 + 3 * DAY,
            reasons=[], because="x")


def test_a_number_entered_by_hand_is_named_and_overtakes_the_platform(town, simulators):
    filing = filings.accepted(town, at=JAN_5)
    by_hand = act(filing.put_in_force, by=town.clerk, at=JAN_5 + DAY, number="HAND-1")
    assert (by_hand.status, by_hand.platform_number) == ("in_force", "HAND-1")
    errands.run_due(JAN_5 + DAY)
    assert fresh(filing).platform_number == "HAND-1"
    with pytest.raises(Refused):
        act(fresh(filing).put_in_force, by=PLATFORM, at=JAN_5 + DAY, number="N2")


@pytest.mark.req("S3.1")
def test_with_an_end_date_the_clock_ends_it_at_midnight_of_that_day(town):
    last = (JAN_5 + 40 * DAY).date()
    filing = filings.in_force(town, at=JAN_5, end_on=last, papers=filings.FULL)
    midnight = end_of(last)
    assert (clock.tick(midnight - timedelta(seconds=1)), clock.tick(midnight)) == (0, 1)
    assert fresh(filing).status == "ended"
    assert Coverage.objects.in_force(last).exists() and not Coverage.objects.in_force(last + DAY).exists()


@pytest.mark.req("S3.2")
def test_a_long_filing_is_cancelled_after_the_waiting_time_of_the_pack(town):
    filing = filings.in_force(town, at=JAN_5, papers=filings.FULL)
    wait = filing.params().cancel_wait_months
    early, enough = JAN_5 + 5 * DAY, JAN_5 + wait * 31 * DAY
    if wait:
        with pytest.raises(Refused) as no:
            act(fresh(filing).cancel, by=town.mother, at=early, because="")
        assert [u.code for u in no.value.unmet] == ["too_early_to_cancel"]
    gone = act(fresh(filing).cancel, by=town.mother, at=enough, because="回家")
    assert (gone.status, Errand.objects.filter(docket=filing.docket).last().name) == ("cancelled", "cancel_number")
    assert not Coverage.objects.in_force(day_of(enough) + DAY).exists()


def test_the_applicant_withdraws_at_any_time_before_the_decision(town):
    for maker in (filings.draft, filings.submitted):
        gone = act(maker(town, at=JAN_5).withdraw, by=town.lan, at=JAN_5 + DAY)
        assert (gone.status, Docket.objects.get(pk=gone.docket_id).closed_at) == ("withdrawn", JAN_5 + DAY)
    with pytest.raises(Refused):
        act(filings.accepted(town, at=JAN_5).withdraw, by=town.lan, at=JAN_5 + DAY)


def test_two_filings_for_one_city_cannot_both_be_in_force_not_even_past_the_rules(town):
    one = filings.in_force(town, at=JAN_5, papers=filings.FULL)
    other = filings.accepted(town, at=JAN_5, place_id="310100", papers=filings.FULL)
    with pytest.raises(IntegrityError), transaction.atomic():
        Filing.objects.filter(pk=other.pk).update(place_id=one.place_id)


@pytest.mark.req("S0.16", "S0.17", "S3.26")
def test_who_may_open_a_filing_for_whom(town):
    assert open_filing(town.lan_person, by=town.lan, at=JAN_5).agent is None
    assert open_filing(town.mother_person, by=town.lan, at=JAN_5).agent == town.lan_person
    at_the_counter = open_filing(town.stranger_person, by=town.counter, at=JAN_5)
    assert (at_the_counter.channel, at_the_counter.opened_by) == ("counter", town.counter)
    for user, person in ((town.lan, town.father_person), (town.mother, town.lan_person), (town.elsewhere, town.lan_person),
                         (town.hospital_a, town.lan_person), (town.counter, make_person(serial=780, region="439902"))):
        with pytest.raises(PermissionDenied):
            open_filing(person, by=user, at=JAN_5)


def test_who_moves_back_early_is_ended_by_an_officer_with_a_reason(town):
    filing = filings.in_force(town, at=JAN_5, papers=filings.FULL)
    offered = {verb: filing.offers(verb, JAN_5 + DAY) for verb in ("cancel", "end_early")}
    assert offered == {"cancel": False, "end_early": True}
    for nobody in (town.counter, town.mother):
        with pytest.raises(PermissionDenied):
            act(fresh(filing).end_early, by=nobody, at=JAN_5 + DAY, because="x")
    gone = act(fresh(filing).end_early, by=town.officer, at=JAN_5 + DAY, because="已搬回")
    assert (gone.status, Errand.objects.filter(docket=filing.docket).last().name) == ("ended", "cancel_number")
    assert not Coverage.objects.in_force(day_of(JAN_5) + 2 * DAY).exists()


def test_nothing_counts_backwards(town):
    filing = filings.submitted(town, at=JAN_5, papers=filings.FULL)
    late = act(filing.accept, by=town.clerk, at=JAN_5 + 9 * DAY)
    assert late.start_on == day_of(JAN_5 + 9 * DAY)
    live = act(late.put_in_force, by=PLATFORM, at=JAN_5 + 10 * DAY, number="N1")  # the day that the platform was told stays
    assert (live.start_on, Coverage.objects.get(case_number=live.number).starts_on) == (day_of(JAN_5 + 9 * DAY),) * 2
    ahead = filings.in_force(town, at=JAN_5, place_id="310100", papers=filings.FULL, start_on=day_of(JAN_5) + 20 * DAY)
    assert ahead.start_on == day_of(JAN_5) + 20 * DAY  # a later day that was asked for stays


@pytest.mark.req("S3.1")
def test_where_the_region_sets_a_length_the_filing_ends_by_itself(town):
    Value.objects.filter(name="long_term_months").update(content=12)
    forget()
    filing = filings.in_force(town, at=JAN_5, papers=filings.FULL)
    assert (filing.end_on, filing.next_verb) == (date(2027, 1, 5), "end")
    assert (clock.tick(end_of(filing.end_on) - timedelta(seconds=1)), clock.tick(end_of(filing.end_on))) == (0, 1)


def test_one_platform_number_belongs_to_one_filing(town):
    filings.in_force(town, at=JAN_5, papers=filings.FULL)
    number = Filing.objects.get(status="in_force").platform_number
    other = filings.accepted(town, at=JAN_5, place_id="310100", papers=filings.FULL)
    form = PutInForceForm({"number": number}, case=other, at=JAN_5, by=town.clerk)
    assert not form.is_valid() and "number" in form.errors
    with pytest.raises(IntegrityError), transaction.atomic():
        act(other.put_in_force, by=town.clerk, at=JAN_5, number=number)
