"""What the platform does not take back stands in the clerks' list until somebody has seen to it."""
from datetime import timedelta

import pytest

from tests import filings
from tests.town import JAN_5
from xinyijian.casework import errands
from xinyijian.casework.models import Docket, Errand
from xinyijian.casework.workflow import act


@pytest.fixture
def cancelled(town, simulators):
    filing = filings.in_force(town, at=JAN_5, papers=filings.FULL)
    Errand.objects.update(next_try_at=None)
    filing = act(filing.end_early, by=town.clerk, at=JAN_5 + timedelta(hours=1), because="moved back")
    simulators.faults(platform="refuse")
    errands.run_due(JAN_5 + timedelta(hours=2))
    filing.refresh_from_db()
    return filing


def test_a_cancellation_that_the_platform_refuses_waits_for_a_clerk(cancelled):
    docket = Docket.objects.get(pk=cancelled.docket_id)
    assert (docket.queue_role, docket.due_name, docket.closed_at) == ("clerk", "confirm_cancelled", None)
    assert docket.due_at > JAN_5 and "演示平台" in Errand.objects.get(name="cancel_number").answer


def test_when_it_is_seen_to_the_case_is_closed(cancelled, town):
    act(cancelled.confirm_cancelled, by=town.clerk, at=JAN_5 + timedelta(hours=3))
    docket = Docket.objects.get(pk=cancelled.docket_id)
    assert (docket.queue_role, docket.status) == ("", "ended") and docket.closed_at


def test_the_platform_alone_says_that_it_refused(cancelled):
    assert cancelled.note_cancel_refused.step.permission.__name__ == "platform_only"


def test_a_number_entered_by_hand_names_who_did_it(town):
    filing = act(filings.accepted(town, at=JAN_5).put_in_force, by=town.clerk, at=JAN_5 + timedelta(hours=1), number="HAND1")
    assert filing.number_by == town.clerk
    assert filings.in_force(town, at=JAN_5, person=town.father_person, by=town.father).number_by is None
