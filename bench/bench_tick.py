"""The clock over 100,000 due of 1,000,000 cases, against one SQL statement that leaves the same rows; and a tick with nothing to do."""

import gc
import resource

from django.db import connection

from bench.ground import SLICE, analyse, due_moment, seed
from bench.measure import result, seconds
from remote_care.models import Filing
from xinyijian.audit.models import Event
from xinyijian.care.models import Coverage
from xinyijian.casework import clock
from xinyijian.casework.models import Docket, Notice
from xinyijian.casework.notices import text_of

RAW = """
WITH due AS (SELECT id FROM remote_care_filing WHERE next_due_at <= %(at)s AND (retry_at IS NULL OR retry_at <= %(at)s)
             ORDER BY id FOR NO KEY UPDATE SKIP LOCKED),
filing AS (UPDATE remote_care_filing f SET status = 'ended', next_verb = '', next_due_at = NULL FROM due WHERE f.id = due.id
           RETURNING f.id, f.docket_id, f.person_id, f.number, f.region_id),
docket AS (UPDATE casework_docket d SET status = 'ended', queue_role = '', due_name = '', due_at = NULL, closed_at = %(at)s
           FROM filing WHERE d.id = filing.docket_id RETURNING d.id),
event AS (INSERT INTO audit_event
            (kind, object_id, person_id, verb, source, target, by_label, on_behalf_of_id, region, at, data)
          SELECT 'remote_care.Filing', id, person_id, 'end', 'in_force', 'ended', 'clock', person_id, region_id, %(at)s, '{}'
          FROM filing
          RETURNING id, object_id),
coverage AS (UPDATE care_coverage c SET ended_because = 'ended' FROM filing
             WHERE c.case_number = filing.number RETURNING 1)
INSERT INTO casework_notice
    (event_id, docket_id, recipient_id, template, language, text, at, state, attempts, next_try_at, receipt, problem)
SELECT event.id, filing.docket_id, filing.person_id, 'remote_care/end', 'zh-hans',
       %(before)s || filing.number || %(after)s || filing.number || '/',
       %(at)s, 'queued', 0, %(at)s, '', ''
FROM event JOIN filing ON filing.id = event.object_id
"""


def run():
    seed()
    raw_times, tick_times, counts = [], [], set()
    before = _memory()
    for k in range(6):
        at, had = due_moment(k), _left()
        deed, times = (lambda at=at: _raw(at), raw_times) if k % 2 == 0 else (lambda at=at: clock.tick(at), tick_times)
        gc.collect()
        times.append(seconds(deed))
        counts.add(tuple(now - then for now, then in zip(_left(), had, strict=True)))
        analyse()
    if counts != {(SLICE,) * 5}:
        raise SystemExit(f"the two sides left different rows: {counts}")
    idle = [seconds(lambda: clock.tick(due_moment(5))) for _ in range(20)]
    memory = _memory() - before
    return [
        result(
            "tick over due cases / one raw statement",
            6.0,
            tick_times,
            raw_times,
            unit="µs a case",
            per=SLICE,
            scale=1e6,
            note=f"memory +{memory:.0f} MB",
        ),
        {
            "name": "idle tick",
            "ratio": round(min(idle) * 1e3, 2),
            "target": 5.0,
            "met": min(idle) <= 0.005,
            "raw": {"ms": [round(t * 1e3, 2) for t in idle], "unit": "ms, least of 20"},
        },
    ]


def _raw(at):
    text = _sample()
    values = {"at": at, "before": text[0], "after": text[1]}
    with connection.cursor() as cursor:
        cursor.execute(RAW, values)


def _sample():
    """The words around the number, so that both sides store texts of one length."""
    before, middle, _after = text_of("remote_care/end", "\0", {}, "zh-hans", "K7Q4M-XBT29").split("\0")
    return before, middle


def _left():
    return (
        Filing.objects.filter(status="ended").count(),
        Docket.objects.exclude(closed_at=None).count(),
        Event.objects.filter(verb="end").count(),
        Notice.objects.filter(template="remote_care/end").count(),
        Coverage.objects.filter(ended_because="ended").count(),
    )


def _memory() -> float:
    """MB at most so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
