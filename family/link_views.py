"""Asking for a family link, and answering when one is asked."""
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache

from xinyijian.casework import documents_shown
from xinyijian.casework.business_time import business_now
from xinyijian.casework.rules import Refused
from xinyijian.casework.tasks import nudge
from xinyijian.casework.views import StepPage
from xinyijian.casework.workflow import act, may_press, steps_of_class
from xinyijian.people import authority, consents
from xinyijian.people.models import Consent

from .forms import SubmitForm
from .link_forms import AskForm, ProofForm
from .models import Link
from .parties import side_of, slots_left
from .services import attach, open_link
from .states import OPEN


@method_decorator(never_cache, "dispatch")
class Ask(LoginRequiredMixin, View):
    """S0.3, S2.17: whoever is named here, the answer looks the same."""

    def get(self, request):
        return self.show(self.form()) if request.user.person_id else redirect("family:counter")

    def post(self, request):
        form = self.form(request.POST)
        if not form.is_valid():
            return self.show(form, 422)
        link = open_link(form.people[form.cleaned_data["person"]], by=request.user, at=business_now(), **form.inputs(request.user))
        return redirect("family:prepare", link.number)

    def form(self, *data):
        if not self.request.user.person_id:
            raise PermissionDenied
        mine = [(self.request.user.person, _("Myself"))]
        minors = authority.minors_of(self.request.user, business_now()).order_by("pk")
        return AskForm(*data, people=[*mine, *((minor, f"{_('My child')} · {minor.masked_name}") for minor in minors)])

    def show(self, form, status=200):
        return render(self.request, "family/ask.html", {"form": form, "tab": "home"}, status=status)


def find_link(number, *, by, at) -> Link:
    """The link with this number if it is hers to see or to answer; otherwise it does not exist (404)."""
    found = Link.objects.visible_to(by, at).select_related("docket", "person", "region", "agent", "relative").filter(number=number).first()
    if found is None:
        raise Http404
    return found


@method_decorator(never_cache, "dispatch")
class Prepare(LoginRequiredMixin, View):
    """The proof, the consents of whoever asks, and sending; refused once it is sent."""

    def dispatch(self, request, *args, **kwargs):
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        self.at = business_now()
        self.link = find_link(kwargs["number"], by=request.user, at=self.at)
        if not may_press(self.link, steps_of_class(Link)["submit"], request.user, self.at):
            raise PermissionDenied
        if self.link.status not in OPEN:
            return redirect(f"/cases/{self.link.number}/")
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, number):
        return self.show(self.proof(), self.consent())

    def post(self, request, number):
        return self.send() if "send" in request.POST else self.take()

    def take(self):
        form = self.proof(self.request.POST, self.request.FILES)
        if form.is_valid():
            try:
                attach(self.link, form.cleaned_data["kind"], form.cleaned_data["file"], by=self.request.user, at=self.at)
                return redirect(f"{self.request.path}#given")
            except ValidationError as wrong:
                form.add_error("file", wrong)
        return self.show(form, self.consent(), status=422)

    def send(self):
        form = self.consent(self.request.POST)
        if not form.is_valid():
            return self.show(self.proof(), form, status=422)
        try:
            act(self.link.submit, by=self.request.user, at=self.at, **form.inputs())
        except Refused as no:
            return self.show(self.proof(), form, unmet=no.unmet, status=409)
        nudge()
        return redirect(f"/cases/{self.link.number}/")

    def proof(self, *data):
        return ProofForm(*data, kinds=self.link.params().proofs[self.link.relation])

    def consent(self, *data):
        return SubmitForm(*data, case=self.link, at=self.at, by=self.request.user)

    def show(self, proof, consent, status=200, unmet=()):
        context = {"link": self.link, "proof": proof, "form": consent, "unmet": unmet, "tab": "home", "place": "family",
                   "papers": documents_shown.papers_of(self.link), "wrong": proof if proof.errors else consent}
        return render(self.request, "family/prepare.html", context, status=status)


class Asked(LoginRequiredMixin, View):
    """What somebody is asked to agree to: who asks, which relation, what follows; nothing of the papers."""

    def get(self, request, number):
        at = business_now()
        link = find_link(number, by=request.user, at=at)
        side = side_of(link, request.user)
        if side in ("", "person"):
            return redirect(f"/cases/{number}/")
        context = {"link": link, "side": side, "open": link.status == Link.Status.ASKED and side in slots_left(link), "tab": "home",
                   "status": Link.public_status[link.status][0]}
        return render(request, "family/asked.html", context)


class AskedStep(StepPage):
    """Agreeing or declining, for those who are asked and are not the case's own person."""

    def find(self, number, verb):
        if verb not in ("agree", "decline", "confirm"):
            raise Http404
        return find_link(number, by=self.request.user, at=self.at)

    @property
    def template(self):
        return "cases/step.html" if self.step.verb == "decline" else "family/agree.html"

    def back_url(self):
        return f"/family/asked/{self.case.number}/"


def text(request, kind):
    """The text of a consent, to read or to print."""
    if kind not in Consent.Kind.values:
        raise Http404
    return render(request, "family/text.html", {"letter": consents.text_of(kind)})
