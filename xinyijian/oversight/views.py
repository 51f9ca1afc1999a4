"""The auditor's pages. Whoever has no such post finds nothing here; every look is itself on record."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.decorators.cache import never_cache

from xinyijian import audit
from xinyijian.casework import decisions, decisions_shown
from xinyijian.casework.business_time import business_now
from xinyijian.casework.models import Decision
from xinyijian.people import scope

from . import lists, proof, reach, rows, trail
from .export import export
from .forms import ExportForm, ProofForm, SearchForm
from .models import ProofRun

ACCOUNTS = ("create_account", "give_post", "end_post", "activate", "deactivate", "unlock", "end_sessions", "reset_password",
            "reset_second_factor", "set_up", "new_backup_codes", "new_password", "choose_password")
WATCHED = {  # the page -> (title, deeds, only people's)
    "unmaskings": (gettext_lazy("Values seen in full"), ("unmask", "reveal"), True),
    "exports": (gettext_lazy("Exports"), ("export",), True),
    "accounts": (gettext_lazy("Accounts of staff"), ACCOUNTS, True),
}


@method_decorator(never_cache, "dispatch")
class Room(LoginRequiredMixin, View):
    """Read-only, by region of the reader's posts."""

    permission = reach.READ
    place = "trail"

    def dispatch(self, request, *args, **kwargs):
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        self.at = business_now()
        if not reach.may(request.user, self.permission, self.at):
            raise Http404
        self.regions = reach.regions(request.user, self.permission, self.at)
        return super().dispatch(request, *args, **kwargs)

    def note(self, verb="look", person_id=None, **data):
        region = scope.region_of(self.request.user, self.at)
        audit.record(f"oversight.{self.place}", verb, by=self.request.user, at=self.at, person_id=person_id, region=region, data=data)

    def page(self, name, status=200, **context):
        shared = {"place": "oversight", "room": self.place, "at": self.at, "reads": reach.may(self.request.user, reach.READ, self.at)}
        return render(self.request, f"oversight/{name}.html", shared | context, status=status)


class Trail(Room):
    """Search by number, person, actor, kind, deed and days; a page begins after the last row of the page before."""

    def get(self, request):
        return self.search(SearchForm(None, at=self.at, regions=self.regions))

    def post(self, request):
        return self.search(SearchForm(request.POST, at=self.at, regions=self.regions))

    def search(self, form):
        if not form.is_valid():
            return self.page("trail", form=form, rows=[], status=422)
        wish = form.wish()
        found, after = trail.search(wish, self.regions, before=self.before()) if wish else ([], None)
        asked = sorted(name for name, value in form.cleaned_data.items() if value)
        person = wish.person_id if wish else None
        self.note("looked_up" if person else "search", person_id=person, asked=asked, found=len(found))
        return self.page("trail", form=form, rows=rows.rows_of(found), after=after, export=ExportForm())

    def before(self):
        moment, _mark, pk = self.request.POST.get("before", "").partition(" ")
        return (parse_datetime(moment), int(pk)) if pk.isdecimal() and len(pk) < 19 and parse_datetime(moment) else None


class Export(Room):
    """The rows of a search as CSV, for a stated reason."""

    def get(self, request):
        return redirect("oversight:trail")

    def post(self, request):
        form, why = SearchForm(request.POST, at=self.at, regions=self.regions), ExportForm(request.POST)
        if not (form.is_valid() and why.is_valid()):
            return self.page("trail", form=form, rows=[], export=why, status=422)
        wish = form.wish()
        if wish is None:
            raise Http404
        text = export(wish, self.regions, by=request.user, at=self.at, **why.cleaned_data)
        return HttpResponse(text, "text/csv; charset=utf-8", headers={"Content-Disposition": 'attachment; filename="trail.csv"'})


class Watched(Room):
    """What is looked at first: values seen in full, exports, what was done to accounts."""

    def get(self, request, name):
        if name not in WATCHED:
            raise Http404
        self.place = name
        title, verbs, by_people = WATCHED[name]
        wish = trail.Wish(since=self.at - timedelta(days=366), until=self.at + timedelta(days=1), verbs=verbs, by_people=by_people)
        found, _after = trail.search(wish, self.regions, size=100)
        self.note(found=len(found))
        return self.page("watched", title=title, rows=rows.rows_of(found))


class Overrides(Room):
    """Where somebody decided otherwise than the rules advised, or by hand."""

    place = "overrides"

    def get(self, request):
        against, by_hand = lists.against_the_rules(self.regions), lists.by_hand(self.regions, self.at)
        self.note(found=len(against) + len(by_hand))
        return self.page("overrides", against=against, rows=rows.rows_of(by_hand))


class Policies(Room):
    """Which values of the policy were changed: before, after, by whom and why."""

    place = "policies"

    def get(self, request):
        changes = lists.policy_changes(self.regions)
        self.note(found=len(changes))
        return self.page("policies", changes=changes)


class Asked(Room):
    """A decision asked again: stored facts, rules and values; the same answer, or what differs."""

    place = "decisions"

    def get(self, request, pk):
        found = lists.within(Decision.objects.select_related("docket", "event"), self.regions, "docket__region")
        decision = get_object_or_404(found, pk=pk)
        docket = decision.docket
        audit.record(
            "casework.Decision", "read", by=request.user, at=self.at, object_id=pk, person_id=docket.person_id, region=docket.region_id
        )
        askable = decisions_shown.is_askable(decision)
        answers = lists.compared(decision) if askable else []
        same = askable and decisions.still_holds(decision)
        shown = decisions_shown.shown(docket.case(), decision)
        return self.page("decision", decision=decision, shown=shown, answers=answers, askable=askable, same=same)


class Proof(Room):
    """The chain: last seal, what waits, and proofs of a stretch; no personal data."""

    permission, place = reach.PROVE, "proof"

    def get(self, request):
        self.note()
        return self.show(
            ProofForm(initial={"first": max(1, self.state["last"].pk - 999), "last": self.state["last"].pk} if self.state["last"] else None)
        )

    def post(self, request):
        form = ProofForm(request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        run = proof.ask(form.cleaned_data["first"], form.cleaned_data["last"], by=request.user, at=timezone.now())
        self.note("ask_proof", first=run.first_seal, last=run.last_seal)
        messages.success(request, _("Asked for; the result stands below within a minute or two."))
        return redirect("oversight:proof")

    @property
    def state(self):
        if "_state" not in self.__dict__:
            self.__dict__["_state"] = proof.state()
        return self.__dict__["_state"]

    def show(self, form, status=200):
        runs = ProofRun.objects.select_related("asked_by").order_by("-pk")[:20]
        return self.page("proof", form=form, state=self.state, runs=runs, status=status)
