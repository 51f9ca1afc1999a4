"""Putting a coverage in force and ending it; named by services in their steps, once per batch."""
from django.db.models import Value
from django.db.models.functions import Least

from .models import Coverage


def begin(kind, rows):
    """Each row: case (number, person_id, place_id, start_on, end_on, platform_number). A second begin of the same case changes nothing."""
    Coverage.objects.bulk_create(
        [Coverage(kind=kind, person_id=c.person_id, case_number=c.number, platform_number=c.platform_number, place_id=c.place_id,
                  starts_on=c.start_on, ends_on=c.end_on) for c in rows],
        ignore_conflicts=True,
    )


def end(numbers, *, because, on=None):
    """It no longer counts after that day, nor after its own last one; without a day it ran out by itself."""
    changes = {"ended_because": because} | ({"ends_on": Least("ends_on", Value(on))} if on else {})
    Coverage.objects.filter(case_number__in=numbers).update(**changes)
