"""At the counter: somebody stands there. Found by the exact number only, every search on record; then all her ties on one page."""
from django import forms
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views import View

from xinyijian.audit import record
from xinyijian.casework.business_time import business_now
from xinyijian.casework.days import day_of
from xinyijian.casework.tasks import nudge
from xinyijian.people import certificates, consents, find, scope, standing
from xinyijian.people.certificates import CertType
from xinyijian.people.crypto import blind_index
from xinyijian.people.models import Consent, Person, Standing

from . import acting, aids, credit
from .home_views import ties_of
from .link_forms import DAYS, AskForm, OtherForm
from .services import open_link

OPEN, FOUND_FOR = "family.open_link", 1800  # seconds for which somebody found stays on the table


class FindForm(forms.Form):
    cert_type = forms.ChoiceField(label=_("Certificate"), choices=CertType, initial=CertType.ID_CARD)
    number = forms.CharField(label=_("Number"), max_length=40, help_text=_("The whole number, as it stands on the certificate"),
                             widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}))

    def clean(self):
        data = super().clean()
        if "number" in data and "cert_type" in data:
            try:
                data["number"] = certificates.validate(data["number"], data["cert_type"])
            except ValidationError as wrong:
                self.add_error("number", wrong)
        return data


class PaperGrantForm(OtherForm):
    services = forms.MultipleChoiceField(label=_("For which services?"), widget=forms.CheckboxSelectMultiple)
    until = forms.DateField(label=_("Until which day?"), input_formats=DAYS, widget=forms.TextInput(attrs={"class": "short"}))
    signed = forms.BooleanField(label=_("The person has signed the text on paper in front of me"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["services"].choices = list(acting.scopes().items())


class PaperAidForm(OtherForm):
    holds = forms.ChoiceField(label=_("Whose account pays?"), widget=forms.RadioSelect, initial="me", choices=[
        ("me", _("This person's: it pays for the other person")), ("other", _("The other person's: it pays for this person"))])
    reference = forms.CharField(label=_("Number or date of the paper"), max_length=60)
    signed = forms.BooleanField(label=_("Both have signed the text on paper in front of me"))


class ReadingForm(forms.Form):
    signed = forms.BooleanField(label=_("The person has signed the consent to this query on paper in front of me"))

    def __init__(self, *args, agreed, **kwargs):
        super().__init__(*args, **kwargs)
        if agreed:
            del self.fields["signed"]


class _Counter(LoginRequiredMixin, View):
    def dispatch(self, request, *args, **kwargs):
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        self.at = business_now()
        if not scope.holds_anywhere(request.user, OPEN, self.at):
            raise PermissionDenied(OPEN)
        return super().dispatch(request, *args, **kwargs)


class Counter(_Counter):
    def get(self, request):
        return self.show(FindForm())

    def post(self, request):
        form = FindForm(request.POST)
        if not form.is_valid():
            return self.show(form, 422)
        person, by = find.by_certificate(form.cleaned_data["number"], form.cleaned_data["cert_type"]), request.user
        if person and not scope.holds(by, OPEN, person.region_id, None, self.at):
            person = None
        found = {"object_id": person.pk, "person_id": person.pk, "region": person.region_id} if person else {}
        record("people.Person", "looked_up", by=by, at=self.at, data={"for": OPEN, "found": bool(person)}, **found)
        if person is None:
            return self.show(form, nobody=True)
        return redirect("family:desk", signing.dumps({"person": person.pk, "by": by.pk}, salt=OPEN))

    def show(self, form, status=200, nobody=False):
        return render(self.request, "family/counter.html", {"form": form, "nobody": nobody, "place": "family"}, status=status)


class _OfPerson(_Counter):
    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.token = kwargs["token"]

    def found(self):
        """Whom the token names; a stale or somebody else's token is nobody."""
        try:
            token = signing.loads(self.token, salt=OPEN, max_age=FOUND_FOR)
        except signing.BadSignature:
            raise Http404 from None
        if token["by"] != self.request.user.pk:
            raise Http404
        person = get_object_or_404(Person.objects.select_related("region"), pk=token["person"])
        if not scope.holds(self.request.user, OPEN, person.region_id, None, self.at):
            raise Http404
        return person


class Desk(_OfPerson):
    """All ties and grades of one person, each with its end."""

    def get(self, request, token):
        person, on = self.found(), day_of(self.at)
        record("people.Person", "read", by=request.user, at=self.at, object_id=person.pk, person_id=person.pk, region=person.region_id,
               data={"as": "family"})
        context = ties_of(person.pk, self.at) | {
            "person": person, "token": token, "place": "family", "entitlement": standing.benefits_through([person.pk], on)[person.pk],
            "standings": Standing.objects.in_force(on).filter(person=person).order_by("-valid_from", "-pk")}
        return render(request, "family/desk.html", context)


class Enter(_OfPerson):
    """Something new for the person at the counter: a link, leave to act, a membership, a reading of the grade."""

    def get(self, request, token, what):
        person = self.found()
        return self.show(person, self.form(person, what), what)

    def post(self, request, token, what):
        person = self.found()
        form = self.form(person, what, request.POST)
        if form.is_valid():
            try:
                done = getattr(self, f"enter_{what}")(person, form)
                nudge()
                return done
            except ValidationError as wrong:
                form.add_error(None, wrong)
        return self.show(person, form, what, 422)

    def form(self, person, what, *data):
        if what == "link":
            return AskForm(*data, people=[(person, person.masked_name)])
        if what == "reading":
            return ReadingForm(*data, agreed=consents.standing_consent(person.pk, Consent.Kind.CREDIT) is not None)
        if what not in ("grant", "aid"):
            raise Http404
        return {"grant": PaperGrantForm, "aid": PaperAidForm}[what](*data)

    def enter_link(self, person, form):
        link = open_link(person, by=self.request.user, at=self.at, **form.inputs(self.request.user))
        return redirect("family:prepare", link.number)

    def enter_grant(self, person, form):
        data = form.cleaned_data
        acting.give(person, self.other(data), data["services"], data["until"], by=self.request.user, at=self.at, how=Consent.How.PAPER)
        return redirect("family:desk", self.token)

    def enter_aid(self, person, form):
        other = self.other(form.cleaned_data)
        pair = (person, other) if form.cleaned_data["holds"] == "me" else (other, person)
        aids.enter(*pair, form.cleaned_data["reference"], by=self.request.user, at=self.at)
        return redirect("family:desk", self.token)

    def enter_reading(self, person, form):
        if "signed" in form.cleaned_data:
            consents.give(person.pk, Consent.Kind.CREDIT, by=self.request.user, at=self.at, how=Consent.How.PAPER)
        reading = credit.read_again(person, by=self.request.user, at=self.at)
        (messages.success if reading.outcome == credit.READ else messages.warning)(self.request, reading.words)
        return redirect("family:desk", self.token)

    def other(self, data):
        """Name and number must both fit (S2.17); every look is on record."""
        found = find.by_certificate(data["cert_number"], data["cert_type"])
        fits = found is not None and found.name_digest == blind_index(data["name"], "name")
        record("people.Person", "looked_up", by=self.request.user, at=self.at, object_id=found.pk if fits else None,
               person_id=found.pk if fits else None, data={"for": OPEN, "found": fits})
        if not fits:
            raise ValidationError(_("Nobody insured here has this name and this certificate number together"))
        return found

    def show(self, person, form, what, status=200):
        kinds = {"grant": "acting", "aid": "mutual_aid", "reading": "credit"}
        context = {"person": person, "form": form, "what": what, "token": self.token, "place": "family", "kind": kinds.get(what, "")}
        return render(self.request, "family/enter.html", context, status=status)
