"""The desk itself, and what it says of somebody who is present."""
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from xinyijian import gateways
from xinyijian.audit import record
from xinyijian.care.eligibility import eligibility_of
from xinyijian.casework import assisted, worklist
from xinyijian.casework.days import day_of

from . import lookups
from .access import CHECK, CHOSEN
from .desk_views import HospitalView
from .forms import CHECKS, WAYS
from .tasks_shown import cards_of


class Home(HospitalView):
    """What this role does here; whoever works for two hospitals says for which."""

    def get(self, request):
        counts = worklist.counts_of(request.user, self.at) if self.may("casework.work") else None
        cards = cards_of(self.may, counts, bool(assisted.openable(request.user, self.hospital.pk, self.at)))
        context = {"hospital": self.hospital, "hospitals": self.hospitals, "cards": cards, "place": "hospital"}
        return render(request, "hospital/home.html", context)

    def post(self, request):
        chosen = request.POST.get("hospital", "")
        if chosen in {str(one.pk) for one in self.hospitals}:
            request.session[CHOSEN] = int(chosen)
        return redirect("hospital:home")


@method_decorator(never_cache, "dispatch")
class Check(HospitalView):
    """Entitled or not, through whom, until when, and what is in force. Nothing of a person stands in the address."""

    permission = CHECK

    def get(self, request):
        purpose = request.GET.get("for", "")
        return self.show(self.form(initial={"purpose": purpose} if purpose in lookups.PURPOSES else None))

    def post(self, request):
        form = self.form(request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        wanted = form.cleaned_data | {"way": form.way}
        try:
            found = lookups.look_up(wanted, self.hospital, by=request.user, at=self.at)
        except tuple(lookups.CODE_TROUBLE) as trouble:
            form.add_error("code", lookups.CODE_TROUBLE[type(trouble)])
            return self.show(form, status=503 if isinstance(trouble, gateways.Unavailable) else 422)
        return self.show(form, found=found, searched=True)

    def form(self, *data, **more):
        return CHECKS.get(self.request.GET.get("by"), CHECKS["certificate"])(*data, **more)

    def show(self, form, found=None, status=200, **more):
        context = {"form": form, "ways": WAYS, "hospital": self.hospital, "place": "hospital_check", "at": self.at}
        if found:
            more |= answer_for(found, self.at) | {
                "token": lookups.token_of(found, self.hospital, by=self.request.user),
                "openable": assisted.openable(self.request.user, self.hospital.pk, self.at)}
        return render(self.request, "hospital/check.html", context | more, status=status)


class Slip(HospitalView):
    """The same answer on paper, as it is at this moment."""

    permission = CHECK

    def get(self, request):
        return redirect("hospital:check")

    def post(self, request):
        found = lookups.found_by(request.POST.get("token", ""), self.hospital, by=request.user)
        if found is None:
            return redirect("hospital:check")
        person = found.person
        record("people.Person", "printed", by=request.user, at=self.at, object_id=person.pk, person_id=person.pk, region=person.region_id,
               data={"for": found.purpose, "organisation": self.hospital.code})
        return render(request, "hospital/slip.html", answer_for(found, self.at) | {"hospital": self.hospital, "at": self.at})


def answer_for(found, at) -> dict:
    """What the page and the slip say of somebody."""
    return {"found": found, "person": found.person, "purpose": lookups.PURPOSES.get(found.purpose, ""),
            "eligibility": eligibility_of(found.person, day_of(at))}
