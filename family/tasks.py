"""Sweeps: what death ends, and grades that are read again before they run out."""
from celery import shared_task
from django.db import transaction
from django.db.models import Q

from xinyijian.casework.business_time import business_now
from xinyijian.casework.days import day_of
from xinyijian.casework.workflow import re_aim
from xinyijian.people import ties

from . import birthdays, credit, telling
from .models import Link
from .states import STANDS


@shared_task
def end_what_death_ends():
    """Every hour: a death that the register has learned of ends links, leave to act and memberships; another birthday moves majority."""
    at = business_now()
    return follow_the_dead(at) + birthdays.follow_the_roster(Link, at)


def follow_the_dead(at) -> int:
    """Aims the clock at links of the dead, and ends the ties that no case keeps; returns how many of both."""
    dead = Q(person__died_on__lte=day_of(at)) | Q(relative__died_on__lte=day_of(at))
    found = list(Link.objects.filter(dead, status__in=STANDS).values_list("pk", flat=True))
    with transaction.atomic():
        ended = ties.end_ties_of_the_dead(at)
        telling.tell_ended(ended, at)
    return re_aim(Link, found, at=at) + len(ended)


@shared_task
def read_grades():
    """Once a day: grades that run out soon."""
    return credit.read_before_they_run_out(business_now())
