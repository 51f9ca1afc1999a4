"""While the portal or the hospital's own system is down: empty sheets, and entering them afterwards."""
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from xinyijian.casework import assisted
from xinyijian.casework.days import local
from xinyijian.casework.rules import Refused

from . import downtime, lookups
from .access import SHEETS
from .desk_views import HospitalView
from .forms import CountForm, SheetForm
from .models import Sheet

SHOWN = 30


class Sheets(HospitalView):
    """What was printed and what of it was entered; and printing more."""

    permission = SHEETS

    def get(self, request):
        return self.show(CountForm())

    def post(self, request):
        form = CountForm(request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        batch = downtime.print_sheets(form.cleaned_data["count"], self.hospital, by=request.user, at=self.at)
        return redirect("hospital:print", batch)

    def show(self, form, status=200):
        own = Sheet.objects.filter(organisation=self.hospital)
        entered = own.filter(docket__isnull=False).select_related("docket", "docket__person").order_by("-entered_at", "-pk")
        context = {"form": form, "empty": own.filter(docket=None).count(), "entered": entered[:SHOWN], "hospital": self.hospital,
                   "last": own.order_by("-pk").values_list("batch", flat=True).first(), "place": "hospital_sheets",
                   "days": downtime.window_of(self.hospital, self.at).days,
                   "opens": assisted.openable(self.request.user, self.hospital.pk, self.at)}
        return render(self.request, "hospital/sheets.html", context, status=status)


class Print(HospitalView):
    """The empty sheets of one printing, a page each."""

    permission = SHEETS

    def get(self, request, batch):
        sheets = Sheet.objects.filter(organisation=self.hospital, batch=batch, docket=None).order_by("pk")
        if not sheets:
            raise Http404
        days = downtime.window_of(self.hospital, self.at).days
        context = {"sheets": sheets, "hospital": self.hospital, "kinds": assisted.kinds(), "days": days}
        return render(request, "hospital/sheet_empty.html", context)


class Enter(HospitalView):
    """What stands on a sheet, with the time at which the patient truly asked."""

    permission = SHEETS

    def get(self, request):
        return self.show(self.form(initial={"on": local(self.at).date()}))

    def post(self, request):
        form = self.form(request.POST)
        person = self.person_of(form) if form.is_valid() else None
        if person is None:
            return self.show(form, status=422)
        told = form.cleaned_data
        try:
            case = downtime.enter(told["sheet"], person, told["kind"], occurred_at=told["occurred_at"], cause=told["cause"],
                                  because=told["because"], organisation=self.hospital, by=request.user, at=self.at)
        except Refused as no:
            return self.show(form, unmet=no.unmet, status=409)
        messages.success(request, _("Entered, with the time that stands on the sheet. Now fill in the rest and send it."))
        return redirect(assisted.edit_url(case))

    def person_of(self, form):
        """Whose certificate and name stand on the sheet; whoever is out of reach looks like nobody."""
        wanted = form.cleaned_data | {"way": "certificate", "purpose": "sheet"}
        found = lookups.look_up(wanted, self.hospital, by=self.request.user, at=self.at)
        if found is None:
            form.add_error("number", _("Nobody with this certificate and name can be found. Check both."))
        return found and found.person

    def form(self, *data, **more):
        kinds = assisted.openable(self.request.user, self.hospital.pk, self.at)
        if not kinds:
            raise Http404
        return SheetForm(*data, kinds=kinds, **more)

    def show(self, form, status=200, unmet=()):
        context = {"form": form, "unmet": unmet, "hospital": self.hospital, "place": "hospital_sheets",
                   "days": downtime.window_of(self.hospital, self.at).days}
        return render(self.request, "hospital/sheet_enter.html", context, status=status)
