"""A browser that is a self-service machine: one person at a time, and nothing of her stays when she goes."""
import time

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from xinyijian.preferences import DISPLAY_COOKIE, LARGE, Display

from . import kiosks, sign_in

SEEN = "kiosk_seen"  # in the session: when somebody last touched the machine, in real time
OPEN = ("/kiosk/", "/sign-in/", "/register/", "/preferences/", "/policies/", "/services/", "/check/", "/v/", "/sign-out/", "/static/")
PRINT = Display(elder=True, size=LARGE).cookie()  # large until she chooses otherwise
NOT_HERE = ("/sign-in/password/", "/sign-in/second/", "/sign-in/set-up/", "/sign-in/new-password/", "/sign-in/sign-on/", "/admin/")


class AtKiosk:
    """`request.kiosk` is the machine, or None in every other browser. After Django knows who is signed in."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        cookie = request.COOKIES.get(kiosks.COOKIE, "")
        request.kiosk = kiosks.shown_by(cookie) if cookie else None
        if request.kiosk is None:
            return self.get_response(request)
        request.kiosk_idle = kiosks.idle_of(request.kiosk, timezone.now())
        request.COOKIES.setdefault(DISPLAY_COOKIE, PRINT)
        response = self.before(request) or self.get_response(request)
        return self.after(request, response)

    def before(self, request):
        """What is answered without asking a page."""
        seen = request.session.get(SEEN)
        if seen is not None and time.time() - seen > request.kiosk_idle + kiosks.GRACE:
            return over(request, "idle")
        if request.user.is_authenticated and (request.user.is_staff or request.user.is_superuser):
            return over(request, "other")
        strange = not request.user.is_authenticated and not request.path.startswith(OPEN)
        return redirect("people:kiosk") if strange or request.path.startswith(NOT_HERE) else None

    def after(self, request, response):
        """Nothing is kept by the browser, and no picture or sheet stays on the screen longer than a page would."""
        if request.path == reverse("people:sign_out") and request.method == "POST":
            return over(request, "asked")
        kind, how = (response.headers.get(name, "") for name in ("Content-Type", "Content-Disposition"))
        if kind.startswith("application/pdf") or how.startswith("attachment"):  # the browser would show the one and keep the other
            response = render(request, "kiosk/no_file.html", status=403)
        elif not kind.startswith("text/html") and response.status_code == 200:
            response.headers["Refresh"] = f"{request.kiosk_idle}; url={reverse('people:kiosk_over')}?because=idle"
        if not request.session.is_empty() and not request.path.startswith(reverse("people:kiosk_over")):
            request.session[SEEN] = time.time()
        response.headers["Cache-Control"] = "private, no-store"
        return response


def is_as_found(request) -> bool:
    """Whether nobody has chosen a language or a print here; what a passer-by chose is cleared from the first page, too."""
    return "language" not in request.COOKIES and request.COOKIES[DISPLAY_COOKIE] == PRINT


def over(request, because):
    """Somebody has left, or walked away: the machine knows her no more, nor her language or print size."""
    sign_in.leave(request, because)
    if because == "idle":
        why = _("Nobody touched this machine for a while, so it has cleared everything. What was saved is in your account.")
        messages.info(request, why)
    response = redirect("people:kiosk")
    for name in (DISPLAY_COOKIE, "language"):
        response.delete_cookie(name)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response
