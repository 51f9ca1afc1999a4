"""One clock for every service: it presses the buttons that are due.

Safe to run late, twice, or beside another: what is no longer due under the lock is left alone.
"""

from datetime import timedelta
from itertools import groupby

import structlog
from django.db import OperationalError

from .actors import CLOCK
from .models.case import case_classes
from .rules import NOT_DUE
from .workflow import act_many

log = structlog.get_logger(__name__)
BATCH = 2000
RETRY = timedelta(hours=1)


def tick(at) -> int:
    """Press everything that is due in every service; returns how many presses succeeded."""
    return sum(_sweep(model, at) for model in case_classes())


def _sweep(model, at):
    """Walk again and again: after a long sleep one case may be due for several things, one after the other."""
    total = 0
    while pressed := sum(_press(model, verb, ids, at) for verb, ids in _due(model, at)):
        total += pressed
    return total


def _due(model, at):
    """One walk along the partial index: batches of (verb, ids), earliest first, each row once."""
    last = None
    while True:
        rows = model.objects.due(at)
        if last:  # rows that were locked or refused must not be met again on this walk
            rows = rows.extra(where=["(next_due_at, id) > (%s, %s)"], params=last)
        batch = list(rows.values_list("next_verb", "next_due_at", "pk")[:BATCH])
        for verb, group in groupby(sorted(batch, key=lambda row: row[0]), key=lambda row: row[0]):
            yield verb, [pk for _verb, _at, pk in group]
        if len(batch) < BATCH:
            return
        last = batch[-1][1:]


def _press(model, verb, ids, at) -> int:
    try:
        report = act_many(getattr(model, verb), ids, by=CLOCK, at=at)
    except OperationalError:
        raise  # the database itself is away: nobody's fault, the next tick tries again
    except Exception:
        return _isolate(model, verb, ids, at)
    _retry_later(model, [pk for pk, unmet in report.refused.items() if unmet != [NOT_DUE]], at)
    return len(report.done)


def _isolate(model, verb, ids, at) -> int:
    """Halve the batch until the poisoned row is alone; the others go on."""
    if len(ids) == 1:
        log.exception("clock_press_failed", model=model._meta.label, verb=verb, case=ids[0])
        _retry_later(model, ids, at)
        return 0
    middle = len(ids) // 2
    return _press(model, verb, ids[:middle], at) + _press(model, verb, ids[middle:], at)


def _retry_later(model, ids, at):
    """The due date stays what it is. A case that is no longer due needs no retry."""
    if ids:
        model.objects.filter(pk__in=list(ids), next_due_at__lte=at).update(retry_at=at + RETRY)


def next_instant(after, until):
    """The earliest moment in (after, until] at which something falls due, or None; for the demo's time machine."""
    moments = [
        model.objects.filter(next_due_at__gt=after, next_due_at__lte=until)
        .order_by("next_due_at")
        .values_list("next_due_at", flat=True)
        .first()
        for model in case_classes()
    ]
    return min(filter(None, moments), default=None)
