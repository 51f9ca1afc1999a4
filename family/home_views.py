"""My family (我的家人): who belongs to me here, who may act for whom, and how to end each of it."""
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404
from django.shortcuts import redirect, render
from django.views import View

from xinyijian.casework.business_time import business_now
from xinyijian.casework.days import day_of
from xinyijian.casework.home import cases_in_words
from xinyijian.casework.models import Docket
from xinyijian.casework.tasks import nudge
from xinyijian.people import authority, mutual_aid, scope, standing
from xinyijian.people.models import FamilyLink, Grant, MutualAid, Standing
from xinyijian.people.standing import INVERSE

from . import acting, aids, credit
from .end_forms import EndTieForm
from .models import Link
from .services import end_tie


@login_required
def my_family(request):
    """Everything that ties somebody to others, on one page; the same queries however many there are."""
    user, at = request.user, business_now()
    if not user.person_id:
        return redirect("family:counter")
    return render(request, "family/home.html", ties_of(user.person_id, at) | {
        "tab": "home", "asked": Link.needs_of(user, at), "minors": list(authority.minors_of(user, at)),
        "entitlement": standing.benefits_through([user.person_id], day_of(at))[user.person_id],
        "cases": cases_in_words(_requests(user, at), user)})


def ties_of(person_id, at) -> dict:
    """Links, leave to act in both directions and memberships of one person, in words."""
    on = day_of(at)
    links = FamilyLink.objects.in_force(on).filter(Q(person=person_id) | Q(relative=person_id)).select_related("person", "relative")
    grants = Grant.objects.in_force(at).select_related("person", "agent").order_by("pk")
    return {"links": [_link(link, person_id, on) for link in links.order_by("pk")],
            "given": [_grant(grant) for grant in grants.filter(person=person_id)],
            "held": [_grant(grant) for grant in grants.filter(agent=person_id)],
            "aids": [_aid(aid, person_id) for aid in mutual_aid.of_person(person_id, on)]}


def _requests(user, at):
    mine = Docket.objects.visible_to(user, at).filter(kind=Link._meta.label, person=user.person_id, closed_at=None)
    return mine.exclude(status="in_force").select_related("person").order_by("-pk")[:20]


def _link(link, person_id, on):
    forward = link.person_id == person_id
    other = link.relative if forward else link.person
    relation = link.relation if forward else str(INVERSE[link.relation])
    minor = relation == "child" and authority.is_minor(other.born_on, on)
    return {"row": link, "other": other, "relation": dict(FamilyLink._meta.get_field("relation").choices)[relation],
            "guardian_until": authority.majority_of(other.born_on) if minor else None}


def _grant(grant):
    return {"row": grant, "services": acting.services_in_words([grant.scope])}


def _aid(aid, person_id):
    holds = aid.holder_id == person_id
    return {"row": aid, "other": aid.member if holds else aid.holder, "holds": holds, "waits_for_me": aids.waits_for(aid, person_id),
            "waits": aid.holder_agreed_at is None or aid.member_agreed_at is None}


class EndTie(LoginRequiredMixin, View):
    """Ending a link, leave to act or a membership: by either side, or by staff with a paper; at once, and on record."""

    KINDS = {"link": (FamilyLink, ("person", "relative"), "family.end_link"), "grant": (Grant, ("person", "agent"), "family.record_ties"),
             "aid": (MutualAid, ("holder", "member"), "family.record_ties"),
             "standing": (Standing, ("person",), "family.end_link")}

    def dispatch(self, request, *args, **kwargs):
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        self.at = business_now()
        self.row, self.sides = self.find(kwargs["what"], kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def find(self, what, pk):
        if what not in self.KINDS:
            raise Http404
        model, names, permission = self.KINDS[what]
        rows = credit.may_be_ended(day_of(self.at)) if what == "standing" else model.objects
        row, user = rows.select_related(*names).filter(pk=pk).first(), self.request.user
        sides = [getattr(row, name) for name in names] if row else []
        if user.person_id and what != "standing" and user.person_id in {side.pk for side in sides}:
            return row, sides
        if user.is_staff and sides and scope.regions_of(user, "people.read", self.at) & {side.region_id for side in sides}:
            if any(scope.holds(user, permission, side.region_id, None, self.at) for side in sides):
                return row, sides
            raise PermissionDenied(permission)
        raise Http404

    def get(self, request, what, pk):
        return self.show(EndTieForm(what=what, spouses=getattr(self.row, "relation", "") == "spouse"))

    def post(self, request, what, pk):
        form = EndTieForm(request.POST, what=what, spouses=getattr(self.row, "relation", "") == "spouse")
        if not form.is_valid():
            return self.show(form, 422)
        because = form.cleaned_data["because"]
        end = {"link": end_tie, "grant": acting.take_back, "aid": aids.end, "standing": credit.end_standing}[what]
        end(self.row, by=request.user, at=self.at, because=because)
        nudge()
        return redirect("family:home")

    def show(self, form, status=200):
        over = getattr(self.row, "revoked_at" if self.kwargs["what"] == "grant" else "until", None)
        context = {"form": form, "what": self.kwargs["what"], "sides": self.sides, "row": self.row, "tab": "home", "over": over,
                   "other": next((s for s in self.sides if s.pk != self.request.user.person_id), None)}
        return render(self.request, "family/end.html", context, status=status)
