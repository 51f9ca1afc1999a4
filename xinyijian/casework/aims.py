"""Open cases follow what they rest on: the calendar and the values of the policy, and what is corrected about a person."""
from django.db import connection

from xinyijian.policies.params import current_book

from .models import Aim
from .models.case import case_classes
from .workflow import re_aim

BATCH = 500
LOCK = 0x61696D  # "aim": one walk at a time


def follow_corrections(cases, *, at, by, inputs):
    """Named in a step as then=(…): the cases of every service follow what was corrected about these cases' people."""
    for model in case_classes():
        model.follow_corrected({case.person_id for case in cases}, by=by, at=at)


def follow_the_calendar(at) -> int:
    """Re-aim all open cases once per content of calendar and values; returns how many moved. Killed half-way it begins again."""
    version = current_book().version
    if Aim.objects.filter(pk=1, version=version).exists() or not _alone():
        return 0
    try:
        moved = sum(_walk(model, at) for model in case_classes())
        Aim.objects.update_or_create(pk=1, defaults={"version": version})
    finally:
        _sql("SELECT pg_advisory_unlock(%s)")
    return moved


def _alone() -> bool:
    """A walk outlives its transactions, and so does this lock; it goes with the connection of a killed one."""
    return _sql("SELECT pg_try_advisory_lock(%s)")


def _sql(call):
    with connection.cursor() as cursor:
        cursor.execute(call, [LOCK])
        return cursor.fetchone()[0]


def _walk(model, at):
    moved, last = 0, 0
    while ids := list(model.objects.filter(docket__closed_at=None, pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        moved, last = moved + re_aim(model, ids, at=at), ids[-1]
    return moved
