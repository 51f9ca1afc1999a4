"""One press of one button, at its boundaries."""
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, transaction
from django.http import Http404

from remote_care.models import Filing
from tests import filings
from tests.town import JAN_5
from xinyijian.audit.models import Event
from xinyijian.casework.actors import CLOCK, PLATFORM
from xinyijian.casework.models import APPLICANT, Docket, Errand, Notice
from xinyijian.casework.rules import Refused
from xinyijian.casework.workflow import act, act_many

HOUR = timedelta(hours=1)


def verbs(case):
    return list(Event.objects.filter(kind=case._meta.label, object_id=case.pk).order_by("id").values_list("verb", flat=True))


def test_one_press_leaves_event_notices_register_and_next_due_date(town):
    filing = filings.submitted(town, at=JAN_5)
    event = Event.objects.get(kind="remote_care.Filing", object_id=filing.pk, verb="submit")
    assert (event.source, event.target, event.by_id, event.by_label) == ("draft", "submitted", town.lan.pk, "relative")
    assert (event.person_id, event.on_behalf_of_id) == (town.mother_person.pk, town.mother_person.pk)
    told = set(Notice.objects.filter(event=event).values_list("recipient", flat=True))
    assert told == {town.mother_person.pk, town.lan_person.pk}
    docket = Docket.objects.get(number=filing.number)
    assert (docket.status, docket.queue_role, docket.due_name, docket.closed_at) == ("submitted", "clerk", "decide", None)
    assert docket.due_at == filing.deadlines(None, filing.params())[0].at


def test_what_you_may_not_see_does_not_exist(town):
    filing = filings.submitted(town, at=JAN_5)
    for nobody in (town.elsewhere, town.stranger, town.hospital_a, town.jiangsu_clerk):
        with pytest.raises(Http404):
            act(Filing.objects.get(pk=filing.pk).accept, by=nobody, at=JAN_5)


def test_without_the_permission_nothing_happens(town):
    filing = filings.submitted(town, at=JAN_5)
    for user, verb in ((town.mother, "accept"), (town.counter, "accept"), (town.counter, "refuse"), (PLATFORM, "accept")):
        with pytest.raises(PermissionDenied):
            act(getattr(Filing.objects.get(pk=filing.pk), verb), by=user, at=JAN_5)
    live = filings.in_force(town, at=JAN_5, place_id="310100")
    for user, verb in ((town.officer, "end"), (town.clerk, "mark_overdue"), (town.mother, "verify_gap"), (town.root, "remind_gap")):
        with pytest.raises(PermissionDenied):
            act(getattr(Filing.objects.get(pk=live.pk), verb), by=user, at=JAN_5 + HOUR)
    assert verbs(filing) == ["start", "submit"]


def test_the_wrong_state_is_a_reason(town):
    filing = filings.draft(town, at=JAN_5)
    with pytest.raises(Refused) as refused:
        act(filing.accept, by=town.clerk, at=JAN_5)
    assert [u.code for u in refused.value.unmet] == ["wrong_state"]


def test_a_refusal_names_every_reason(town):
    filing = filings.draft(town, at=JAN_5, person=town.stranger_person, by=town.stranger, papers=(), promise=False, contact_name="",
                           notice_read_at=None)
    with pytest.raises(Refused) as refused:
        act(filing.submit, by=town.stranger, at=JAN_5)
    codes = [u.code for u in refused.value.unmet]
    assert codes == ["notice_unread", "contact_incomplete", "principal_missing", "gap_not_allowed"]
    assert all(u.text and u.basis and u.remedy for u in refused.value.unmet)
    assert verbs(filing) == ["start"]


def test_the_maker_never_decides_not_even_as_superuser_or_past_the_door(town):
    for maker in (town.clerk, town.root):
        filing = filings.draft(town, at=JAN_5, by=maker, promise=True)
        act(filing.submit, by=maker, at=JAN_5)
        with pytest.raises(Refused) as refused:
            act(Filing.objects.get(pk=filing.pk).accept, by=maker, at=JAN_5)
        assert [u.code for u in refused.value.unmet] == ["four_eyes"]
        with pytest.raises(IntegrityError), transaction.atomic():
            Filing.objects.filter(pk=filing.pk).update(decided_by=maker)
        act(Filing.objects.get(pk=filing.pk).refuse, by=town.second_clerk, at=JAN_5, reasons=["illegible"], because="x")


def test_the_clock_is_refused_before_its_time_and_presses_nothing_else(town):
    filing = filings.in_force(town, at=JAN_5)
    for verb in ("remind_gap", "end"):
        report = act_many(getattr(Filing, verb), [filing.pk], by=CLOCK, at=JAN_5 + HOUR)
        assert [u.code for u in report.refused[filing.pk]] == ["not_due"]


def test_one_second_before_at_and_after_the_due_date(town):
    second = timedelta(seconds=1)
    for shift, done in ((-second, 0), (0 * second, 1), (second, 1)):
        filing = filings.in_force(town, at=JAN_5)
        report = act_many(Filing.remind_gap, [filing.pk], by=CLOCK, at=filing.next_due_at + shift)
        assert (len(report.done), len(report.refused)) == (done, 1 - done)
        act(Filing.objects.get(pk=filing.pk).cancel, by=town.mother, at=JAN_5 + timedelta(days=200), because="")


def test_the_status_cannot_be_assigned_but_can_be_reloaded(town):
    filing = filings.draft(town, at=JAN_5)
    with pytest.raises(AttributeError):
        filing.status = "accepted"
    filing.refresh_from_db()
    with pytest.raises(AttributeError):
        filing.status = "accepted"


def test_when_a_write_fails_nothing_is_left(town, monkeypatch):
    filing = filings.draft(town, at=JAN_5)
    monkeypatch.setattr("xinyijian.casework.notices.queue", lambda *args: 1 / 0)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        act(filing.submit, by=town.lan, at=JAN_5)
    assert Filing.objects.get(pk=filing.pk).status == "draft" and verbs(filing) == ["start"]


def test_an_accepted_filing_asks_for_its_number_once(town):
    filing = filings.accepted(town, at=JAN_5)
    errand = Errand.objects.get(docket=filing.docket)
    assert (errand.name, errand.done_at, filing.gaps) == ("ask_number", None, ["residence_proof"])
    act(filing.put_in_force, by=PLATFORM, at=JAN_5 + HOUR, number="N1")
    docket = Docket.objects.get(pk=filing.docket_id)
    assert (docket.status, docket.queue_role, docket.due_name) == ("in_force", APPLICANT, "supplement")


def test_events_and_decisions_cannot_be_changed(town):
    filing = filings.accepted(town, at=JAN_5)
    for rows in (Event.objects.filter(object_id=filing.pk), filing.docket.decisions.all()):
        for change in (lambda rows=rows: rows.update(by_id=None) if rows.model is Event else rows.update(outcome="x"), rows.delete):
            with pytest.raises(DatabaseError), transaction.atomic():
                change()


def test_one_press_has_a_small_query_budget(town, django_assert_max_num_queries):
    filing = filings.submitted(town, at=JAN_5)
    with django_assert_max_num_queries(37):  # 13 load the facts, three who may act for whom, one for whom she stands in, eight the letter
        act(filing.accept, by=town.clerk, at=JAN_5)
