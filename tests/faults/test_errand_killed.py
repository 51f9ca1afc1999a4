"""The number of a filing through every accident between us and the platform: one number, one moment from which the filing is in force."""

from datetime import timedelta

import pytest

from remote_care.models import Filing
from tests import filings
from tests.town import JAN_5
from xinyijian.audit.models import Event
from xinyijian.care.models import Coverage
from xinyijian.casework import delivery, errands
from xinyijian.casework.models import Errand, Notice
from xinyijian.casework.proofs import prove

from .children import kill, until
from .locks import held

pytestmark = pytest.mark.django_db(transaction=True)
ASKED = JAN_5 + timedelta(minutes=2)
RUNNER = """
from datetime import datetime
from xinyijian.casework import errands
print(errands.run_due(datetime.fromisoformat("{at}")))
"""


@pytest.fixture
def filing(committed_town, simulators):
    """Accepted, and the number not yet asked."""
    return filings.accepted(committed_town, at=JAN_5)


def numbers(simulators):
    return [f"DEMO{place}{pk:010}" for pk, place in simulators.rows("SELECT id, place FROM filing")]


def in_force_once(filing, simulators):
    now = Filing.objects.get(pk=filing.pk)
    assert now.status == "in_force" and [now.platform_number] == numbers(simulators)
    assert Event.objects.filter(object_id=filing.pk, verb="put_in_force").count() == 1
    assert Coverage.objects.filter(case_number=filing.number).count() == 1
    assert Notice.objects.filter(docket=filing.docket_id, template__endswith="put_in_force").count() == 2  # mother and daughter
    assert Errand.objects.get(docket=filing.docket_id).next_try_at is None
    assert prove(ASKED + timedelta(minutes=10)) == []


def test_a_runner_that_is_killed_after_the_answer_and_before_the_write_gets_the_same_number_again(filing, simulators, children):
    """Met exactly there: the platform has answered, and the step waits for a lock that the test holds."""
    with held("SELECT id FROM people_person WHERE id = %s FOR UPDATE", filing.person_id) as somebody_waits:
        runner = children.python(RUNNER.format(at=ASKED.isoformat()))
        until(somebody_waits, pause=0.02)
        assert len(numbers(simulators)) == 1
        kill(runner)
    assert Filing.objects.get(pk=filing.pk).status == "accepted"
    assert errands.run_due(ASKED + timedelta(seconds=30)) == 0  # still lent to the one that died
    assert errands.run_due(ASKED + errands.LEASE) == 1
    in_force_once(filing, simulators)


@pytest.mark.parametrize("fault", ["lost", "slow", "500", "repeat"])
def test_an_answer_that_was_lost_is_asked_for_again_under_the_same_key(filing, simulators, fault):
    simulators.faults(platform=fault)
    errands.run_due(ASKED)
    simulators.faults()
    errands.run_due(ASKED + timedelta(minutes=1))
    in_force_once(filing, simulators)


def test_two_runners_in_two_processes_ask_once(filing, simulators, children):
    runners = [children.python(RUNNER.format(at=ASKED.isoformat())) for _ in range(2)]
    assert sum(int(children.last_word(runner)) for runner in runners) == 1
    in_force_once(filing, simulators)


def test_a_no_of_the_platform_is_kept_for_the_desk_and_not_repeated(filing, simulators):
    simulators.faults(platform="refuse")
    assert errands.run_due(ASKED) == 0 == errands.run_due(ASKED + timedelta(days=1))
    errand = Errand.objects.get(docket=filing.docket_id)
    assert (errand.next_try_at, errand.done_at, errand.attempts) == (None, None, 1) and errand.answer
    assert Filing.objects.get(pk=filing.pk).status == "accepted"


def test_with_every_third_message_failing_each_notice_arrives_once_or_somebody_telephones(filing, simulators):
    simulators.faults(sms={"500": 0.2, "lost": 0.1})
    errands.run_due(ASKED)
    at = ASKED
    while Notice.objects.filter(state="queued").exists():
        delivery.send_due(at)
        at += timedelta(minutes=5)
    sent = Notice.objects.filter(state="sent").count()
    assert sent + Notice.objects.filter(state="failed").count() == Notice.objects.count() >= 6
    assert sent <= len(simulators.messages()) <= Notice.objects.count()
    assert len({message["text"] + message["phone"] for message in simulators.messages()}) == len(simulators.messages())
