"""Real threads on PostgreSQL, each on its own connection."""

from datetime import timedelta
from functools import partial
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.db import connection

from remote_care.models import Filing
from remote_care.services import open_filing
from tests import filings
from tests.casework.outbox import empty_docket, queued
from tests.town import JAN_5, make_person
from xinyijian.audit.models import Event
from xinyijian.casework import calls, clock
from xinyijian.casework.models import Letter, Notice, Sending
from xinyijian.casework.rules import Refused
from xinyijian.casework.workflow import act

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.pg15]
DAY = timedelta(days=1)


def race(*deeds):
    """Run the deeds at once; what each gave or raised."""
    start, results = Barrier(len(deeds)), [None] * len(deeds)

    def run(i, deed):
        try:
            start.wait()
            results[i] = deed()
        except Exception as error:
            results[i] = error
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in enumerate(deeds)]
    [t.start() for t in threads], [t.join(30) for t in threads]
    return results


def fresh(case):
    return Filing.objects.get(pk=case.pk)


@pytest.mark.req("S3.32")
def test_of_two_clerks_who_accept_and_refuse_at_once_one_wins(town):
    winners = set()
    for n in range(8):
        filing = filings.submitted(town, at=JAN_5, person=make_person(serial=700 + n), papers=filings.FULL, by=town.counter)
        results = race(
            lambda filing=filing: act(fresh(filing).accept, by=town.clerk, at=JAN_5),
            lambda filing=filing: act(fresh(filing).refuse, by=town.second_clerk, at=JAN_5, reasons=[], because="x"),
        )
        won = [r for r in results if isinstance(r, Filing)]
        lost = [r for r in results if isinstance(r, Refused)]
        assert (len(won), len(lost)) == (1, 1), results
        assert [u.code for u in lost[0].unmet] == ["wrong_state"]
        assert Event.objects.filter(object_id=filing.pk, verb__in=["accept", "refuse"]).count() == 1
        winners.add(won[0].status)
    assert winners <= {"accepted", "refused"}


def test_letters_of_six_who_accept_at_once_are_numbered_without_gaps(town):
    sent = [filings.submitted(town, at=JAN_5, person=make_person(serial=700 + n), papers=filings.FULL, by=town.counter) for n in range(6)]
    results = race(*(partial(act, fresh(filing).accept, by=town.clerk, at=JAN_5) for filing in sent))
    assert all(isinstance(result, Filing) for result in results), results
    assert sorted(Letter.objects.values_list("serial", flat=True)) == [1, 2, 3, 4, 5, 6]


def test_six_at_once_press_once(town):
    filing = filings.draft(town, at=JAN_5)
    results = race(*(lambda: act(fresh(filing).submit, by=town.lan, at=JAN_5) for _ in range(6)))
    assert sum(isinstance(r, Filing) for r in results) == 1
    assert sum(isinstance(r, Refused) for r in results) == 5


def test_three_ticks_at_once_remind_each_person_once(town):
    filing = filings.in_force(town, at=JAN_5)
    filings.copies(filing, 200)
    batch, clock.BATCH = clock.BATCH, 20
    try:
        first = race(*(lambda: clock.tick(filing.next_due_at) for _ in range(3)))
        rest = clock.tick(filing.next_due_at)
    finally:
        clock.BATCH = batch
    assert sum(first) + rest == 201 == Event.objects.filter(verb="remind_gap").count(), (first, rest)


def test_the_same_form_posted_twice_at_once_opens_one_case(town):
    for _ in range(10):
        key = uuid4()
        results = race(*(lambda key=key: open_filing(town.mother_person, by=town.lan, at=JAN_5, key=key) for _ in range(3)))
        assert len({r.pk for r in results}) == 1, results


def test_five_hundred_double_posts_make_five_hundred_cases(town):
    for _ in range(500):
        key = uuid4()
        one, other = (open_filing(town.lan_person, by=town.lan, at=JAN_5, key=key) for _ in range(2))
        assert one.pk == other.pk
    assert Filing.objects.count() == 500 == Event.objects.filter(verb="start").count()


def test_of_calls_noted_at_once_none_is_lost(town):
    notice = queued(empty_docket(town))
    Notice.objects.filter(pk=notice.pk).update(state="failed", next_try_at=None)
    calls_made = [partial(calls.note, notice, reached=False, text=f"call {n}", by=town.clerk, at=JAN_5) for n in range(2)]
    assert race(*calls_made) == [None, None]
    assert Sending.objects.get().attempts == 2
