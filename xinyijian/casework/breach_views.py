"""The officers' page of broken promises: what stands against whom, since when and until when; recorded and lifted with a reason."""
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from xinyijian.people import scope

from . import breaches
from .breach_forms import LiftForm, RecordForm
from .days import day_of
from .models import Breach, Docket
from .rules import Refused
from .worklist_views import DeskView

SHOWN = 100


class Breaches(DeskView):
    """The list, oldest first, with a form to lift each and one to record a false paper."""

    def get(self, request):
        return self.show(RecordForm())

    def post(self, request):
        self.find()  # nobody else finds the page
        return self.lift(request.POST["breach"]) if "breach" in request.POST else self.record()

    def record(self):
        form = RecordForm(self.request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        docket = Docket.objects.visible_to(self.request.user, self.at).filter(number=form.cleaned_data["number"].strip().upper()).first()
        if docket is None or docket.status == "draft":
            form.add_error("number", _("There is no such case here."))
            return self.show(form, status=422)
        return self.do(form, breaches.record, docket)

    def lift(self, pk):
        breach = self.find().filter(pk=int(pk)).first() if pk.isascii() and pk.isdecimal() and len(pk) < 19 else None
        if breach is None:
            raise Http404
        form = LiftForm(self.request.POST)
        if not form.is_valid():
            return self.show(RecordForm(), lifting=breach.pk, wrong=form, status=422)
        return self.do(RecordForm(), breaches.lift, breach, because=form.cleaned_data["because"])

    def do(self, form, deed, about, because=None):
        try:
            deed(about, because=because or form.cleaned_data["because"], by=self.request.user, at=self.at)
        except Refused as no:
            return self.show(form, unmet=no.unmet, status=409)
        messages.success(self.request, _("Noted; the person is told"))
        return redirect("casework:breaches")

    def find(self):
        """Those that stand, within the officer's regions; 404 for everybody else."""
        user = self.request.user
        if not scope.holds_anywhere(user, breaches.PERMISSION, self.at):
            raise Http404
        mine = Docket.objects.visible_to(user, self.at)
        return Breach.objects.unrepaired(day_of(self.at)).filter(docket__in=mine.values("pk"))

    def show(self, form, status=200, **more):
        found = self.find().select_related("docket__person", "recorded_by").order_by("since", "pk")[:SHOWN]
        context = {"place": "breaches", "at": self.at, "form": form, "lift": LiftForm(auto_id=False), "breaches": found}
        return render(self.request, "desk/breaches.html", context | more, status=status)
