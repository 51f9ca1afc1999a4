"""Letting somebody in and out, and locking the door after wrong tries. Axes counts per user name (or phone) and address."""
import time

from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.signals import user_login_failed
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from xinyijian import audit

from .crypto import blind_index

IDLE_LIMIT = 30 * 60  # seconds, for staff
BACKEND = "django.contrib.auth.backends.ModelBackend"
NEXT = "sign_in_next"


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


def note_failure(request, name: str) -> None:
    """Count a wrong try; the fifth in 15 minutes locks that name for this address."""
    user_login_failed.send(sender=__name__, credentials={"username": name}, request=request)


def forget_failures(request, name: str) -> None:
    """A right code clears what came before it; for passwords axes does so itself."""
    AxesProxyHandler.reset_attempts(username=lock_name(request, {"username": name}), ip_address=address_of(request))


def enter(request, user, door: str) -> str:
    """Sign the user in under a new session key, leave an event, and say where to go on."""
    onward = request.session.pop(NEXT, "") or _first_page_of(user)
    login(request, user, backend=BACKEND)
    request.session["seen_at"] = time.time()
    _note("sign_in", user, {"door": door})
    return onward


def leave(request, because: str) -> None:
    """Sign out and leave an event; `because` is "asked" or "idle"."""
    if request.user.is_authenticated:
        _note("sign_out", request.user, {"because": because})
    logout(request)


def keep_next(request) -> None:
    """Remember where she wanted to go, if that is a page of this site."""
    wish = request.GET.get("next", "")
    if url_has_allowed_host_and_scheme(wish, {request.get_host()}, require_https=request.is_secure()):
        request.session[NEXT] = wish


def _note(verb, user, data):
    audit.record("people.User", verb, by=user, at=timezone.now(), object_id=user.pk, person_id=user.person_id, data=data)


def _first_page_of(user):
    if user.is_superuser:
        return reverse("admin:index")
    return "/desk/" if user.is_staff else "/"
