"""The same button on many cases, and the clock that presses it."""
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from remote_care.models import Filing
from tests import filings
from tests.town import JAN_5, make_person
from xinyijian.audit.models import Event
from xinyijian.casework import clock
from xinyijian.casework.actors import CLOCK
from xinyijian.casework.models import Docket, Notice
from xinyijian.casework.workflow import act, act_many, re_aim

DAY = timedelta(days=1)
pytestmark = pytest.mark.pg15


def left_by(filing):
    """Everything that a press leaves, without the keys by which two cases differ."""
    filing = Filing.objects.get(pk=filing.pk)
    own = {f.attname: getattr(filing, f.attname) for f in Filing._meta.concrete_fields
           if f.name not in ("id", "docket", "number", "person", "platform_number", "agent")}
    docket = Docket.objects.filter(pk=filing.docket_id).values("status", "queue_role", "due_name", "due_at", "closed_at").get()
    events = list(Event.objects.filter(kind="remote_care.Filing", object_id=filing.pk).order_by("id").values_list(
        "verb", "source", "target", "by_id", "at", "data"))
    notices = Notice.objects.filter(docket=filing.docket_id, recipient=filing.person).order_by("id").values_list("template", "state")
    return own, docket, events, list(notices)


def two(town, at=JAN_5):
    neighbour = make_person(serial=700)
    return (filings.submitted(town, at=at, person=neighbour, papers=filings.FULL, by=town.counter),
            filings.submitted(town, at=at, person=make_person(serial=701), papers=filings.FULL, by=town.counter))


def test_one_and_many_agree(town):
    one, other = two(town)
    act(one.return_to_applicant, by=town.clerk, at=JAN_5 + DAY, redo=["identity_card"], because="x")
    act_many(Filing.return_to_applicant, [other.pk], by=town.clerk, at=JAN_5 + DAY, redo=["identity_card"], because="x")
    assert left_by(one) == left_by(other)


def test_one_and_many_agree_on_a_decision(town):
    one, other = two(town)
    act(one.refuse, by=town.clerk, at=JAN_5 + DAY, reasons=[], because="x")
    act_many(Filing.refuse, [other.pk], by=town.clerk, at=JAN_5 + DAY, reasons=[], because="x")
    assert left_by(one) == left_by(other)
    assert one.docket.decisions.get().facts == other.docket.decisions.get().facts


def test_of_a_batch_only_what_is_not_hers_to_decide_is_left_out(town):
    hers, other = two(town)
    own = filings.submitted(town, at=JAN_5, papers=filings.FULL, by=town.clerk)
    report = act_many(Filing.refuse, [hers.pk, own.pk, other.pk], by=town.clerk, at=JAN_5 + DAY, reasons=[], because="x")
    assert report.done == [hers.pk, other.pk] and [one.code for one in report.refused[own.pk]] == ["four_eyes"]
    report = act_many(Filing.refuse, [own.pk], by=town.counter, at=JAN_5 + DAY, reasons=[], because="x")
    assert [one.code for one in report.refused[own.pk]] == ["not_yours"]
    assert Filing.objects.get(pk=own.pk).status == "submitted"


def test_ten_and_two_thousand_rows_take_the_same_queries(town):
    filing, counts = filings.in_force(town, at=JAN_5), {}
    for size in (10, 2000):
        ids = filings.copies(filing, size)
        with CaptureQueriesContext(connection) as queries:
            assert len(act_many(Filing.remind_gap, ids, by=CLOCK, at=filing.next_due_at).done) == size
        counts[size] = len(queries)
    assert counts[10] == counts[2000] <= 9, counts


def test_deciding_ten_and_two_hundred_takes_the_same_queries(town):
    filing, counts = filings.in_force(town, at=JAN_5), {}
    late = filing.gap_term(filing.params()).at + DAY
    act_many(Filing.lapse, filings.copies(filing, 1), by=town.officer, at=late)  # her posts are read once
    for size in (10, 200):
        ids = filings.copies(filing, size)
        with CaptureQueriesContext(connection) as queries:
            act_many(Filing.lapse, ids, by=town.officer, at=late)
        counts[size] = len(queries)
    assert counts[10] == counts[200], counts


def test_a_person_gets_a_report_per_row(town):
    free, mine = two(town)
    draft = filings.draft(town, at=JAN_5)
    mine_too = filings.submitted(town, at=JAN_5, person=make_person(serial=702), papers=filings.FULL, by=town.clerk)
    report = act_many(Filing.accept, [free.pk, draft.pk, mine_too.pk, 10**9], by=town.clerk, at=JAN_5)
    assert report.done == [free.pk] and report.missing == {10**9}
    assert {pk: [u.code for u in unmet] for pk, unmet in report.refused.items()} == {
        draft.pk: ["wrong_state"], mine_too.pk: ["four_eyes"]}
    assert Filing.objects.get(pk=mine.pk).status == "submitted"


def test_after_a_hundred_days_asleep_everything_comes_in_order_and_once(town):
    filing = filings.in_force(town, at=JAN_5)
    assert clock.tick(JAN_5 + 100 * DAY) == 2
    verbs = list(Event.objects.filter(object_id=filing.pk, by_label="clock").order_by("id").values_list("verb", flat=True))
    effect = filing.params().gap_overdue_effect
    assert verbs == ["remind_gap", "lapse" if effect == "end" else "mark_overdue"]
    assert clock.tick(JAN_5 + 100 * DAY) == 0


def test_a_poisoned_row_does_not_stop_the_others(town, monkeypatch):
    filing = filings.in_force(town, at=JAN_5)
    ids = filings.copies(filing, 20)
    act(filing.cancel, by=town.mother, at=JAN_5 + 200 * DAY, because="")
    sick, due, deadlines = ids[7], Filing.objects.get(pk=ids[0]).next_due_at, Filing.deadlines

    def poisoned(self, facts, params):
        if self.pk == sick and self.gap_reminded_at:
            raise ValueError("poison")
        return deadlines(self, facts, params)

    monkeypatch.setattr(Filing, "deadlines", poisoned)
    assert clock.tick(due) == 19
    row = Filing.objects.get(pk=sick)
    assert (row.next_due_at, row.retry_at, row.gap_reminded_at) == (due, due + clock.RETRY, None)
    monkeypatch.undo()
    assert (clock.tick(due + clock.RETRY - timedelta(seconds=1)), clock.tick(due + clock.RETRY)) == (0, 1)
    assert Filing.objects.get(pk=sick).retry_at is None
    assert Notice.objects.filter(template="remote_care/remind_gap").count() == 20


def test_a_step_that_leaves_its_own_deadline_standing_is_a_bug_not_an_endless_loop(town, monkeypatch):
    filing = filings.in_force(town, at=JAN_5)
    monkeypatch.setattr("xinyijian.casework.press.Press.is_due", lambda self: True)
    assert clock.tick(filing.next_due_at) == 0
    assert Filing.objects.get(pk=filing.pk).retry_at == filing.next_due_at + clock.RETRY


def test_the_clock_re_aims_a_case_whose_due_date_moved_behind_its_back(town):
    filing = filings.in_force(town, at=JAN_5)
    Filing.objects.filter(pk=filing.pk).update(next_due_at=JAN_5)
    assert clock.tick(JAN_5) == 0
    assert Filing.objects.get(pk=filing.pk).next_due_at == filing.next_due_at


def test_whoever_moves_a_due_date_forward_re_aims(town):
    filing = filings.in_force(town, at=JAN_5)
    Filing.objects.filter(pk=filing.pk).update(next_due_at=None, next_verb="")
    assert re_aim(Filing, [filing.pk], at=JAN_5) == 1
    fresh = Filing.objects.get(pk=filing.pk)
    assert (fresh.next_due_at, fresh.next_verb) == (filing.next_due_at, "remind_gap")
    assert re_aim(Filing, [filing.pk], at=JAN_5) == 0
