"""What time it is for the bureau's business. Only the edge asks; in demo mode the clock may be ahead of real time."""
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from . import clock
from .models import DemoClock


def business_now():
    """The moment that counts for cases; sessions, one-time codes and signatures keep real time."""
    now = timezone.now()
    return now + _ahead() if settings.DEMO else now


def _ahead() -> timedelta:
    seconds = DemoClock.objects.filter(pk=1).values_list("seconds_ahead", flat=True).first()
    return timedelta(seconds=seconds or 0)


def advance(days: int, *, then=lambda at: None) -> int:
    """Demo only: move business time on, stopping at each instant at which something is due. Returns the number of presses."""
    if not settings.DEMO:
        raise RuntimeError("business time moves in demo mode only")
    target, pressed = business_now() + timedelta(days=days), 0
    while (due := clock.next_instant(business_now(), target)) is not None:
        _set(due)
        pressed += clock.tick(business_now())
        then(business_now())
    _set(target)
    return pressed + clock.tick(business_now())


@transaction.atomic
def _set(at):
    seconds = max(0, int((at - timezone.now()).total_seconds()) + 1)
    DemoClock.objects.update_or_create(pk=1, defaults={"seconds_ahead": seconds})
