"""Letting somebody in and out, and locking the door after wrong tries. Axes counts per user name (or phone) and address.

    if is_locked(request, name): …          # before the try; any door, of people and of machines
    note_failure(request, name)             # after a wrong one
    forget_failures(request, name)          # after a right one
    return admit(request, user, door)       # the first proof is given; staff are led to the second
"""
import secrets
import time
from datetime import timedelta

from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.signals import user_login_failed
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from xinyijian import audit

from . import scope, second_factor
from .crypto import blind_index
from .models import User

IDLE_LIMIT = 30 * 60  # seconds, for staff
BACKEND = "django.contrib.auth.backends.ModelBackend"
NEXT, SECOND = "sign_in_next", "sign_in_second"
SECOND_WITHIN = 5 * 60  # seconds between the two proofs of staff
FRESH = 15 * 60  # seconds after signing in, in which somebody may change how she signs in


def lock_name(request, credentials=None) -> str:
    """Under which name axes counts failures: a digest, because people type phones and ID numbers as user names."""
    typed = (credentials or {}).get("username") or request.POST.get("username", "")
    return blind_index(typed, "sign-in")[:40]


def address_of(request) -> str:
    """The visitor's IP address: what the outermost of our settings.PROXY_COUNT proxies saw, never what a visitor claims."""
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",")]
    count = settings.PROXY_COUNT
    return hops[-count] if 0 < count <= len(hops) and hops[-count] else request.META.get("REMOTE_ADDR", "")


def is_locked(request, name: str) -> bool:
    """Whether that name is locked for this address; if so, axes' middleware answers with the locked page."""
    credentials = {"username": name}
    if AxesProxyHandler.is_allowed(request, credentials):
        return False
    request.axes_locked_out, request.axes_credentials = True, credentials
    return True


def lock_for(request, seconds: int) -> None:
    """The locked page for that long, for a reason that axes does not count."""
    request.axes_locked_out, request.axes_credentials = True, {"username": ""}
    request.locked_until = timezone.now() + timedelta(seconds=seconds)


def locked_until(request):
    """Until when, where `lock_for` said it."""
    return getattr(request, "locked_until", None)


def note_failure(request, name: str) -> None:
    """Count a wrong try; the fifth in 15 minutes locks that name for this address."""
    user_login_failed.send(sender=__name__, credentials={"username": name}, request=request)


def forget_failures(request, name: str) -> None:
    """A right code clears what came before it; for passwords axes does so itself."""
    AxesProxyHandler.reset_attempts(username=lock_name(request, {"username": name}), ip_address=address_of(request))


def admit(request, user, door: str) -> str:
    """Where to go on after a first proof: into the portal, or for staff to the second proof (under a new session key as well)."""
    if not (user.is_staff or user.is_superuser):
        return enter(request, user, door)
    logout_of_another(request, user)
    request.session.cycle_key()
    request.session[SECOND] = {"user": user.pk, "door": door, "until": time.time() + SECOND_WITHIN}
    return reverse("people:second") if second_factor.is_set_up(user) else reverse("people:enrol")


def logout_of_another(request, user) -> None:
    """Whoever else is signed in in this browser leaves before the next one comes half way in."""
    if request.user.is_authenticated and request.user.pk != user.pk:
        onward = request.session.get(NEXT)
        leave(request, "other")
        if onward:
            request.session[NEXT] = onward


def awaited(request):
    """(the member of staff whose second proof this browser owes, her door), or (None, "")."""
    half = request.session.get(SECOND)
    if half is None or time.time() >= half["until"]:
        return None, ""
    return User.objects.filter(pk=half["user"], is_active=True).first(), half["door"]


def enter(request, user, door: str) -> str:
    """Sign the user in under a new session key, leave an event, and say where to go on. Staff have given both proofs."""
    onward = request.session.pop(NEXT, "") or first_page_of(user)
    request.session.pop(SECOND, None)
    login(request, user, backend=BACKEND)
    request.session["seen_at"] = request.session["entered_at"] = time.time()
    take_seat(request, user)
    _note("sign_in", user, {"door": door})
    return onward


def take_seat(request, user) -> None:
    """Of a member of staff one session counts: this one. The one before is told at its next request."""
    if user.is_staff:
        user.seat = request.session["seat"] = secrets.token_hex(16)
        User.objects.filter(pk=user.pk).update(seat=user.seat)


def end_sessions(user) -> None:
    """Whatever session a member of staff has, counts no longer."""
    User.objects.filter(pk=user.pk).update(seat=secrets.token_hex(16))


def is_fresh(request) -> bool:
    """Whether she proved who she is a moment ago; changing how she signs in wants that."""
    return time.time() - request.session.get("entered_at", 0) < FRESH


def unlock(user) -> int:
    """Open every lock on the user's names, from whatever address; returns how many there were."""
    names = [user.username, second_name(user), *(f"phone {phone.digest}" for phone in user.phones.all())]
    return sum(AxesProxyHandler.reset_attempts(username=blind_index(name, "sign-in")[:40]) for name in names)


def second_name(user) -> str:
    """Under which name wrong second proofs are counted."""
    return f"second {user.pk}"


def leave(request, because: str) -> None:
    """Sign out and leave an event; `because` is "asked", "idle", "elsewhere" or "other"."""
    if request.user.is_authenticated:
        _note("sign_out", request.user, {"because": because})
    logout(request)


def keep_next(request) -> None:
    """Remember where she wanted to go, if that is a page of this site."""
    wish = request.GET.get("next", "")
    if url_has_allowed_host_and_scheme(wish, {request.get_host()}, require_https=request.is_secure()):
        request.session[NEXT] = wish


def _note(verb, user, data):
    at = timezone.now()
    region = scope.region_of(user, at)
    audit.record("people.User", verb, by=user, at=at, object_id=user.pk, person_id=user.person_id, region=region, data=data)


def first_page_of(user) -> str:
    """Where somebody begins."""
    if user.is_superuser:
        return reverse("admin:index")
    if scope.holds_anywhere(user, "hospital.desk", timezone.now()):
        return "/hospital/"
    return "/desk/" if user.is_staff else "/"
