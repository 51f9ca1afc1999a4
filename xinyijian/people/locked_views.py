"""The page of a door that is shut after wrong tries: what happened, why, until when, and what she can do meanwhile."""
import math

from axes.helpers import get_cool_off
from axes.models import AccessAttempt
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .sign_in import address_of, lock_name, locked_until

WAYS = (
    ("people:sign_in", _("a code to your phone")),
    ("people:voucher", _("your insurance code")),
    ("people:password", _("your password")),
)
PARTS = {"people:enter_code": "people:sign_in", "people:second": "people:password", "people:enrol": "people:password"}


def locked(request, _answer, credentials):
    """What axes' middleware answers in place of a door's own page (settings.AXES_LOCKOUT_CALLABLE)."""
    now = timezone.now()
    until = locked_until(request) or _end_of(lock_name(request, credentials), address_of(request), now)
    left = max(1, math.ceil((until - now).total_seconds() / 60))
    door = request.resolver_match.view_name if request.resolver_match else ""
    page = {"until": until, "left": left, "ways": ways_beside(PARTS.get(door, door))}
    answer = render(request, "people/locked.html", page, status=429)
    answer.headers["Retry-After"] = str(left * 60)
    return answer


def ways_beside(door) -> list[dict]:
    """The other doors of people, by name and address."""
    return [{"url": reverse(name), "word": word} for name, word in WAYS if name != door]


def _end_of(name, address, now):
    """When the last of the wrong tries is old enough; axes counts none while it is locked."""
    last = AccessAttempt.objects.filter(username=name, ip_address=address).order_by("-attempt_time").values_list("attempt_time", flat=True)
    return (last.first() or now) + get_cool_off()
