"""The catalogue for everybody: the list, and each service on a page of its own. Nothing here is about anybody."""
from django import forms
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from xinyijian.casework.business_time import business_now
from xinyijian.casework.days import day_of
from xinyijian.people import scope
from xinyijian.people.counters import counter_of
from xinyijian.people.models import Organisation, Region

from .book import PARTS, service, services
from .states import offered_in, standings


class RegionForm(forms.Form):
    """Which region the page is for: her own, unless the address says another."""

    region = forms.ChoiceField(label=_("Region"), required=False)

    def __init__(self, wish, home, on):
        bureaus = Organisation.objects.filter(kind=Organisation.Kind.BUREAU).values("region")
        places = {region.pk: str(region) for region in Region.objects.filter(pk__in=bureaus).order_by("pk")}
        counties = [code for code in places if not code.endswith("00")] or list(places)
        first = next((code for code in counties if offered_in(code, on)), next(iter(counties), ""))
        chosen = next((code for code in (wish, home) if code in places), first)
        super().__init__(initial={"region": chosen})
        self.fields["region"].choices = places.items()
        self.region, self.place = chosen, places.get(chosen, "")


@require_safe
def catalogue(request):
    """All thirteen in two parts, with their state in the chosen region."""
    form = _form(request)
    found = standings(services(), form.region, day_of(business_now()))
    parts = [(word, [one for one in found if one.service.part == part]) for part, word in PARTS.items()]
    context = {"form": form, "parts": parts, "count": len(found), "open": sum(one.is_open for one in found), "tab": "services"}
    return render(request, "services/catalogue.html", context | {"place": "services", "counter": counter_of(form.region)})


@require_safe
def detail(request, id):
    """One service: steps, basis, papers, who may use it, and where to begin or what to do meanwhile."""
    one = service(id)
    if one is None:
        raise Http404
    form = _form(request)
    standing = standings([one], form.region, day_of(business_now()))[0]
    context = {"form": form, "one": one, "standing": standing, "part": PARTS[one.part], "tab": "services", "place": "services"}
    return render(request, "services/service.html", context | {"counter": counter_of(form.region)})


def _form(request):
    return RegionForm(request.GET.get("region", ""), _home_of(request.user), day_of(business_now()))


def _home_of(user):
    """Where she is insured, or where she works; "" for whoever is not signed in."""
    if not user.is_authenticated:
        return ""
    if user.person_id:
        return user.person.region_id
    at = business_now()
    posts = [post.organisation_id for post in scope.posts_of(user, at)]
    hospital = Organisation.objects.filter(pk__in=posts).values_list("region", flat=True).order_by("pk").first()
    return scope.home_of(user, at) or hospital or ""
