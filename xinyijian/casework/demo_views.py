"""The demo's clock: move business time on and see what the law does meanwhile. In demo mode only."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from . import business_time, delivery, errands

STEPS = {1: _("One day on"), 7: _("One week on"), 30: _("One month on (30 days)")}  # days


@require_http_methods(["GET", "POST"])
def demo_time(request):
    """Shows business time; a press moves it on, step by step through everything that falls due."""
    if not settings.DEMO:
        raise Http404
    return _demo_time(request)


@login_required
def _demo_time(request):
    if request.method == "GET":
        return render(request, "desk/demo_time.html", {"steps": STEPS.items(), "place": "demo_time"})
    days = next((days for days in STEPS if str(days) == request.POST.get("days")), None)
    if days is None:
        raise Http404
    pressed = business_time.advance(days, then=_settle)
    _settle(business_time.business_now())
    messages.success(
        request,
        ngettext(
            "Time has moved on. The clock acted %(count)d time meanwhile.",
            "Time has moved on. The clock acted %(count)d times meanwhile.",
            pressed,
        )
        % {"count": pressed},
    )
    return redirect("casework:demo_time")


def _settle(at):
    """Whatever the presses queued for other systems happens at that moment too."""
    errands.run_due(at)
    delivery.send_due(at)
