"""What a signed-in request passes through."""
import time

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from . import sign_in

NOTE_EVERY = 60  # seconds: not every request writes the session


class IdleSignOut:
    """Signs staff out after 30 minutes without a request, in real time, and where they have signed in anew elsewhere.

    Patients stay: their phone is their own lock.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated and request.user.is_staff:
            self.check(request, time.time())
        return self.get_response(request)

    def check(self, request, now):
        seen = request.session.get("seen_at")
        if request.session.get("seat", "") != request.user.seat:
            sign_in.leave(request, "elsewhere")
            messages.warning(request, _(
                "You were signed out here because somebody signed in with your account elsewhere, or an administrator ended the session. "
                "If that was not you, tell the security administrator at once."))
        elif seen is not None and now - seen > sign_in.IDLE_LIMIT:
            sign_in.leave(request, "idle")
            messages.info(request, _("You were signed out because nothing happened for 30 minutes. Please sign in again."))
        elif seen is None or now - seen > NOTE_EVERY:
            request.session["seen_at"] = now


class OwnPassword:
    """Staff with a temporary password choose their own before anything else; one that nobody used in time opens nothing."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        user = getattr(request, "user", None)
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or not user.is_authenticated or user.temporary_until is None:
            return self.get_response(request)
        if timezone.now() >= user.temporary_until:
            sign_in.leave(request, "temporary")
            messages.warning(request, _("This temporary password is too old. Ask your administrator for another one."))
            return redirect("people:password")
        here = {reverse(name) for name in ("people:new_password", "people:sign_out", "preferences")}
        return self.get_response(request) if request.path in here else redirect("people:new_password")
