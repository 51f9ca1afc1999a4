"""What should have reached people and has not (strength.md 30): for staff, within their reach, oldest first.

Reminders that nobody received and nobody missed are the oldest fault of such systems; so this asks the other way round.
"""
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import reduce
from operator import or_

from django.db.models import Count, Exists, Min, OuterRef, Q

from xinyijian.audit.models import Event
from xinyijian.people.models import Region
from xinyijian.policies import params_for

from .days import day_of
from .models import Docket, Errand, Notice
from .models.case import case_classes
from .steps import steps_of

SHOWN = 20
State = Notice.State


@dataclass(frozen=True, slots=True)
class Group:
    """One kind of trouble: how many, since when, and the first of them."""

    name: str
    count: int
    oldest: object
    rows: list


def groups(user, at) -> list[Group]:
    """Every kind, also those with nothing in them; a constant number of queries."""
    mine = Docket.objects.visible_to(user, at).values("pk")
    notices = Notice.objects.visible_to(user, at)
    kinds = {
        "late": notices.filter(_late(at), state=State.QUEUED, next_try_at__isnull=False),
        "unreceipted": notices.filter(state=State.SENT, next_try_at__lt=at),
        "to_phone": notices.filter(state=State.FAILED),
        "to_post": notices.filter(state=State.LETTER),
        "stopped": notices.filter(state=State.STOPPED, read_at=None),
    }
    found = [_group(name, rows.select_related("docket"), "at") for name, rows in kinds.items()]
    errands = Errand.objects.filter(docket__in=mine, done_at=None, next_try_at=None, docket__closed_at=None).select_related("docket")
    return [*found, _missing(mine, at), _group("refused", errands, "pk")]


def _late(at):
    """Made longer ago than the policy of its region allows (late_hours); where no rules are, nothing counts as late."""
    terms, on = defaultdict(list), day_of(at)
    for region in Region.objects.values_list("pk", flat=True):
        with suppress(LookupError):
            terms[params_for("casework", region, on).late_hours].append(region)
    parts = ((Q(docket__region__in=regions) | Q(docket=None, recipient__region__in=regions)) & Q(at__lt=at - timedelta(hours=hours))
             for hours, regions in terms.items())
    return reduce(or_, parts, Q(pk__in=[]))


def _group(name, rows, field):
    sums = rows.aggregate(n=Count("pk"), oldest=Min(field))
    return Group(name, sums["n"], sums["oldest"] if field == "at" else None, list(rows.order_by("pk")[:SHOWN]))


def _missing(mine, at):
    """Steps of the last month that tell the person, and left no message at all."""
    told = Q(pk__in=[])
    for model in case_classes():
        verbs = [verb for verb, step in steps_of(model).items() if step.notice]
        cases = model.objects.filter(docket__in=mine).values("pk")
        told |= Q(kind=model._meta.label, verb__in=verbs, object_id__in=cases)
    events = Event.objects.filter(told, at__gte=at - timedelta(days=31)).exclude(target="")
    lost = list(events.filter(~Exists(Notice.objects.filter(event=OuterRef("pk")))).order_by("pk")[:SHOWN])
    return Group("missing", len(lost), lost[0].at if lost else None, lost)
