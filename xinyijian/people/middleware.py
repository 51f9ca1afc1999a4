"""What a signed-in request passes through."""
import time

from django.conf import settings
from django.contrib import messages
from django.utils.translation import gettext as _

from . import sign_in

NOTE_EVERY = 60  # seconds: not every request writes the session


class IdleSignOut:
    """Signs staff out after 30 minutes without a request, in real time. Patients stay: their phone is their own lock."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated and request.user.is_staff:
            self.check(request, time.time())
        return self.get_response(request)

    def check(self, request, now):
        seen = request.session.get("seen_at")
        if seen is not None and now - seen > sign_in.IDLE_LIMIT:
            sign_in.leave(request, "idle")
            messages.info(request, _("You were signed out because nothing happened for 30 minutes. Please sign in again."))
        elif seen is None or now - seen > NOTE_EVERY:
            request.session["seen_at"] = now
