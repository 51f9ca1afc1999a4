"""My entitlement: through whom, until when, from which source; reading the grade again, and taking the consent back."""
from django import forms
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views import View

from xinyijian.audit import record
from xinyijian.casework.business_time import business_now
from xinyijian.casework.days import day_of
from xinyijian.people import consents, standing
from xinyijian.people.models import Consent, Standing

from . import credit

CREDIT = Consent.Kind.CREDIT
WITHDRAWN = gettext_lazy("You have withdrawn your consent. We ask for nothing more; the grade we already have stays until its last day.")


class ReadForm(forms.Form):
    """Reading needs a consent of its own, asked for once."""

    agree = forms.BooleanField(label=gettext_lazy("I have read the text and agree that you ask for my credit grade"),
                               error_messages={"required": gettext_lazy("Please read the text and tick the box to agree.")})

    def __init__(self, *args, agreed, **kwargs):
        super().__init__(*args, **kwargs)
        if agreed:
            del self.fields["agree"]


class Entitlement(LoginRequiredMixin, View):
    """S0.2, S0.4, S0.10: nothing is scored here, and having no grade is "not verified"."""

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and not request.user.person_id:
            return redirect("family:counter")
        self.at = business_now()
        return super().dispatch(request, *args, **kwargs)

    def get(self, request):
        return self.show(ReadForm(agreed=self.consent()))

    def post(self, request):
        person = request.user.person
        if "withdraw" in request.POST:
            return self.withdraw()
        form = ReadForm(request.POST, agreed=self.consent())
        if not form.is_valid():
            return self.show(form, 422)
        if not self.consent():
            consents.give(person.pk, CREDIT, by=request.user, at=self.at)
        reading = credit.read_again(person, by=request.user, at=self.at)
        (messages.success if reading.outcome == credit.READ else messages.warning)(request, reading.words)
        return redirect("family:entitlement")

    def withdraw(self):
        person = self.request.user.person
        if Consent.objects.filter(person=person, kind=CREDIT, withdrawn_at=None).update(withdrawn_at=self.at):
            record("people.Consent", "withdraw", by=self.request.user, at=self.at, person_id=person.pk, region=person.region_id,
                   data={"kind": CREDIT.value})
        messages.success(self.request, WITHDRAWN)
        return redirect("family:entitlement")

    def consent(self):
        return consents.standing_consent(self.request.user.person_id, CREDIT)

    def show(self, form, status=200):
        person, on = self.request.user.person_id, day_of(self.at)
        context = {"form": form, "consent": self.consent(), "letter": consents.text_of(CREDIT), "tab": "home",
                   "entitlement": standing.benefits_through([person], on)[person],
                   "standings": Standing.objects.in_force(on).filter(person=person).order_by("-valid_from", "-pk")}
        return render(self.request, "family/entitlement.html", context, status=status)
