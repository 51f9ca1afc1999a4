"""The desk's page of who stands in for whom: hers, and for a head those of her offices."""

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xinyijian.people.models import User

from . import stand_ins
from .days import day_of
from .models import StandIn
from .rules import Refused
from .worklist_views import DeskView

MOST = 300  # colleagues in one list
DAYS = ["%Y-%m-%d", "%Y%m%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日"]


class AbsentForm(forms.Form):
    """Who is away: a head's question, asked first, because the colleagues rest on it."""

    absent = forms.ChoiceField(label=gettext_lazy("Who is away"))

    def __init__(self, *args, staff, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["absent"].choices = [(one.pk, one.get_short_name()) for one in staff]


class StandInForm(forms.Form):
    deputy = forms.ChoiceField(label=gettext_lazy("Who stands in"), help_text=gettext_lazy("Colleagues of the same role and office"))
    since = forms.DateField(label=gettext_lazy("First day"), input_formats=DAYS, help_text=gettext_lazy("Such as 2026-12-01"))
    until = forms.DateField(
        label=gettext_lazy("Last day"), input_formats=DAYS, help_text=gettext_lazy("That day included; then it ends by itself"))
    because = forms.ChoiceField(label=gettext_lazy("Because of"), choices=StandIn.Because)

    def __init__(self, *args, colleagues, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["deputy"].choices = [(one.pk, one.get_short_name()) for one in colleagues]
        for name in ("since", "until"):
            self.fields[name].widget.attrs |= {"class": "short", "autocomplete": "off"}


class StandIns(DeskView):
    """?for= names whose absence a head arranges; without it one's own."""

    permission = stand_ins.WORK

    def get(self, request):
        absent = self.absent(request.GET.get("for", ""))
        return self.show(absent, self.form(absent, initial={"since": day_of(self.at).isoformat()}))

    def post(self, request):
        if "end" in request.POST:
            return self.end(request.POST["end"])
        absent = self.absent(request.POST.get("for", ""))
        form = self.form(absent, request.POST)
        if not form.is_valid():
            return self.show(absent, form, status=422)
        deputy = User.objects.get(pk=form.cleaned_data.pop("deputy"))
        try:
            stand_ins.name(absent, deputy, **form.cleaned_data, by=request.user, at=self.at)
        except Refused as no:
            return self.show(absent, form, unmet=no.unmet, status=409)
        messages.success(request, _("Noted. Both of them read it above their worklists."))
        return redirect("casework:stand_ins")

    def end(self, key):
        found = next((one for one in stand_ins.shown_to(self.request.user, self.at) if str(one.pk) == key), None)
        if found is None:
            raise Http404
        stand_ins.end(found, by=self.request.user, at=self.at)
        messages.success(self.request, _("Ended"))
        return redirect("casework:stand_ins")

    def absent(self, key):
        """Whose absence it is; 404 for somebody whom she does not lead."""
        if not key or key == str(self.request.user.pk):
            return self.request.user
        found = next((one for one in self.staff if str(one.pk) == key), None)
        if found is None:
            raise Http404
        return found

    @property
    def staff(self):
        if not hasattr(self, "_staff"):
            self._staff = list(stand_ins.staff_of(self.request.user, self.at).order_by("username")[:MOST])
        return self._staff

    def form(self, absent, *data, **more):
        return StandInForm(*data, colleagues=list(stand_ins.colleagues_of(absent, day_of(self.at))[:MOST]), **more)

    def show(self, absent, form, unmet=(), status=200):
        user = self.request.user
        context = {
            "place": "worklist",
            "at": self.at,
            "today": day_of(self.at),
            "rows": stand_ins.shown_to(user, self.at),
            "absent": absent,
            "form": form,
            "whose": AbsentForm(staff=[user, *(one for one in self.staff if one != user)]) if self.staff else None,
            "longest": stand_ins.longest(absent, self.at),
            "unmet": unmet,
        }
        return render(self.request, "desk/stand_ins.html", context, status=status)
