"""When the calendar of a year is published, every open case is aimed anew: due dates that were provisional become firm."""
from xinyijian.policies.calendar import calendar

from .models import Aim
from .models.case import case_classes
from .workflow import re_aim

BATCH = 500


def follow_the_calendar(at) -> int:
    """Re-aim all open cases once per version of the calendar; returns how many moved. Killed half-way it begins again."""
    version = calendar().version
    if Aim.objects.filter(pk=1, calendar_version=version).exists():
        return 0
    moved = sum(_walk(model, at) for model in case_classes())
    Aim.objects.update_or_create(pk=1, defaults={"calendar_version": version})
    return moved


def _walk(model, at):
    moved, last = 0, 0
    while ids := list(model.objects.filter(docket__closed_at=None, pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        moved, last = moved + re_aim(model, ids, at=at), ids[-1]
    return moved
