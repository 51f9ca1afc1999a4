"""The clock under SIGKILL, long sleep and company: whatever happens to processes, each case is reminded once and nothing is lost."""

import random
import time
from collections import Counter
from datetime import timedelta

import pytest
from celery import Celery
from django.db.models import Count

from remote_care.models import Filing
from tests import filings
from tests.town import JAN_5, SHANGHAI
from xinyijian.audit.models import Event
from xinyijian.care.models import Coverage
from xinyijian.casework import clock
from xinyijian.casework.models import Decision, Deficiency, Errand, Notice
from xinyijian.casework.proofs import prove
from xinyijian.policies import forget

from .children import broker_url, kill, until
from .locks import held

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.pg15]
CASES, BATCH = 400, 20
BOTH = ("remind_gap", "lapse")  # what becomes of a promise that is not kept, in Hunan
KILLED_AT = (1, 500)  # presses done; there are twice as many as cases
SWEEP = """
from datetime import datetime
from xinyijian.care.models import Coverage
from xinyijian.casework import clock
clock.BATCH = {batch}
print(clock.tick(datetime.fromisoformat("{at}")), flush=True)
"""


@pytest.fixture
def due(committed_town):
    """Four hundred filings whose proof of residence was promised in January and never came."""
    filing = filings.in_force(committed_town, at=JAN_5)
    filings.copies(filing, CASES - 1)
    owed = Deficiency.objects.get(docket=filing.docket)
    others = Filing.objects.exclude(pk=filing.pk).values_list("docket_id", flat=True)
    Deficiency.objects.bulk_create(Deficiency(docket_id=pk, code=owed.code, since=owed.since) for pk in others)
    forget()
    return filing


def pressed() -> int:
    return Event.objects.filter(verb__in=BOTH).count()


def everyone_once_and_in_order():
    """Each case was reminded and then lapsed, each once; each event has its notices, once for each who gets them."""
    assert Counter(Event.objects.filter(verb__in=BOTH).values_list("verb", flat=True)) == dict.fromkeys(BOTH, CASES)
    for verb in BOTH:
        assert Event.objects.filter(verb=verb).values("object_id").distinct().count() == CASES
    first = dict(Event.objects.filter(verb="remind_gap").values_list("object_id", "id"))
    assert all(first[pk] < lapsed for pk, lapsed in Event.objects.filter(verb="lapse").values_list("object_id", "id"))
    told = Notice.objects.filter(event__verb__in=BOTH).values("event").annotate(n=Count("id"))
    assert len(told) == 2 * CASES and not Notice.objects.values("event", "recipient").annotate(n=Count("id")).filter(n__gt=1).exists()
    assert set(Deficiency.objects.values_list("state", flat=True)) == {"overdue"}
    assert Errand.objects.filter(name="cancel_number").count() == CASES == Decision.objects.filter(outcome="lapsed").count()
    assert Coverage.objects.exclude(ends_on=None).count() == CASES
    copied = ("history_is_a_path", "nothing_waits_for_days")  # copied in SQL without their past; nobody sends here
    assert prove(JAN_5 + timedelta(days=200), without=copied) == []


def every(seconds):
    """True at once, and then whenever so many seconds have gone by."""
    due = time.monotonic()
    while True:
        if now := time.monotonic() >= due:
            due = time.monotonic() + seconds
        yield now


def test_a_worker_that_is_killed_again_and_again_loses_nothing_and_repeats_nothing(due, children, broker):
    app = Celery("beat", broker=broker_url())
    for threshold in (*KILLED_AT, 2 * CASES):
        worker, nudges = children.worker(BATCH), every(5)

        def enough(threshold=threshold, nudges=nudges):
            if next(nudges):  # as beat does: what a dead sweep's connection still held is for the next one
                app.send_task("xinyijian.casework.tasks.tick")
            return pressed() >= threshold

        until(enough, seconds=180, pause=0.02)
        time.sleep(random.uniform(0, 0.02))
        kill(worker)
    everyone_once_and_in_order()
    app.close()


def test_a_sweep_that_is_killed_within_a_batch_leaves_the_batch_undone(due, children):
    """Not between two batches: here the sweep waits for a lock on the outbox while its batch is half written."""
    with held("LOCK TABLE casework_notice IN SHARE MODE") as somebody_waits:
        sweep = children.python(SWEEP.format(batch=BATCH, at=due.next_due_at.isoformat()))
        until(somebody_waits, pause=0.02)
        kill(sweep)
    assert pressed() == 0 and not Filing.objects.exclude(gap_reminded_at=None).exists()
    assert clock.tick(due.next_due_at) == CASES == pressed()


def test_after_a_hundred_days_asleep_everything_happens_once_and_in_due_order(due):
    asleep = due.next_due_at + timedelta(days=100)
    assert clock.tick(asleep) == 2 * CASES
    everyone_once_and_in_order()
    assert clock.tick(asleep) == 0 == clock.tick(asleep + timedelta(minutes=1))
    assert {e.at.astimezone(SHANGHAI) for e in Event.objects.filter(verb__in=BOTH)} == {asleep.astimezone(SHANGHAI)}


def test_two_sweeps_in_two_processes_at_once_act_once(due, children):
    sweeps = [children.python(SWEEP.format(batch=BATCH, at=due.next_due_at.isoformat())) for _ in range(2)]
    counts = [int(children.last_word(sweep)) for sweep in sweeps]
    rest = clock.tick(due.next_due_at)
    assert sum(counts) + rest == CASES == pressed(), (counts, rest)
    assert Event.objects.filter(verb="remind_gap").values("object_id").distinct().count() == CASES
