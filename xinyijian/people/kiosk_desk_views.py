"""The bureau's list of its self-service machines."""
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache

from . import kiosks
from .kiosk_forms import KioskForm

SHOWN = 100  # machines on the page; a county has a few dozen


@method_decorator(never_cache, "dispatch")
class Kiosks(LoginRequiredMixin, View):
    """For whoever answers for machines; for everybody else there is no such page."""

    def dispatch(self, request, *args, **kwargs):
        self.at = timezone.now()
        if request.user.is_authenticated:
            self.organisations = kiosks.organisations_of(request.user, self.at)
            if not self.organisations:
                raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get(self, request):
        return self.show(self.form())

    def post(self, request):
        if pk := self.number("end"):
            messages.success(request, _("Out of service: %(name)s") % {"name": kiosks.end(pk, by=request.user, at=self.at)})
            return redirect("people:kiosks")
        if pk := self.number("again"):
            return self.shown_once(*kiosks.new_code(pk, by=request.user, at=self.at))
        form = self.form(request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        return self.shown_once(*kiosks.register(**form.cleaned_data, by=request.user, at=self.at))

    def number(self, name):
        """The machine that a button names; 0 where that button was not pressed."""
        text = self.request.POST.get(name, "")
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 18 else 0

    def form(self, *data):
        return KioskForm(*data, organisations=self.organisations)

    def shown_once(self, kiosk, code):
        """The one page on which the code stands."""
        address = self.request.build_absolute_uri("/kiosk/set-up/")
        return render(self.request, "kiosk/code.html", {"kiosk": kiosk, "code": code, "address": address, "place": "kiosks"})

    def show(self, form, status=200):
        found = kiosks.managed_by(self.request.user, self.at)[:SHOWN]
        return render(self.request, "kiosk/list.html", {"form": form, "kiosks": found, "place": "kiosks"}, status=status)
