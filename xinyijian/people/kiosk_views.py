"""What a self-service machine shows: the way in, what can be done here, and how a browser becomes one."""
from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from . import kiosks, sign_in
from .kiosk_forms import SetUpForm
from .kiosk_middleware import is_as_found, over

LOCK = "kiosk set-up"  # wrong codes are counted under it, each address by itself


def _here(request):
    if request.kiosk is None:
        raise Http404


@never_cache
@require_safe
def kiosk(request):
    """The first page: touch what you came for, then say who you are."""
    _here(request)
    if request.user.is_authenticated:
        return redirect("people:kiosk_menu")
    return render(request, "kiosk/welcome.html", {"kiosk_quiet": is_as_found(request)})


@never_cache
@require_safe
def menu(request):
    """S3.33: what can be done at a machine, in big words."""
    _here(request)
    return render(request, "kiosk/menu.html") if request.user.is_authenticated else redirect("people:kiosk")


@never_cache
def finish(request):
    """The person goes, or has gone: pressed, or by the clock of the page. A question as well as a sending, so that no script is needed."""
    _here(request)
    return over(request, "idle" if request.GET.get("because") == "idle" else "asked")


@require_POST
def here(request):
    """Somebody still touches the page; nothing else is told."""
    _here(request)
    return HttpResponse(status=204)


@never_cache
@sensitive_post_parameters("code")
def set_up(request):
    """This browser becomes the machine whose code is typed."""
    form = SetUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and not sign_in.is_locked(request, LOCK):
        if found := kiosks.set_up(form.cleaned_data["code"], timezone.now()):
            sign_in.leave(request, "other")
            return _become(redirect("people:kiosk"), found[1])
        sign_in.note_failure(request, LOCK)
        form.add_error("code", _("This code is wrong, was used already, or is older than an hour. Ask for a new one."))
    return render(request, "kiosk/set_up.html", {"form": form}, status=422 if form.errors else 200)


def _become(response, cookie):
    response.set_cookie(kiosks.COOKIE, cookie, max_age=kiosks.YEAR, httponly=True, samesite="Lax", secure=settings.SECURE_COOKIES)
    return response
