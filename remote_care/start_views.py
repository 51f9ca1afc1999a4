"""Both ends of the walk: for whom a filing is begun, at home or at the counter, and what happens after it was sent."""
from uuid import UUID, uuid5

from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache

from xinyijian.audit import record
from xinyijian.casework.business_time import business_now
from xinyijian.casework.days import day_of
from xinyijian.people import authority, find, scope
from xinyijian.people.models import FamilyLink, Person, Relation
from xinyijian.people.standing import INVERSE, benefits_through

from . import drafts
from .draft_views import case_url, find_filing
from .models import Filing
from .parameters import names_of
from .services import counters_of, may_begin, open_filing
from .start_forms import FindForm, StartForm

OPEN_FILING = "remote_care.open_filing"
FOUND_FOR = 1800  # seconds for which somebody found by number stays on the table


@method_decorator(never_cache, "dispatch")
class Start(LoginRequiredMixin, View):
    """S3.9, S3.26: for herself, or for somebody who granted it. Two presses are one filing.

    One page for each entry: the province's (S3.8), the national platform's (S3.25), the machine's (S3.33), and one for an emergency
    that is over.
    """

    entry, emergency = Filing.Channel.ONLINE, False

    def dispatch(self, request, *args, **kwargs):
        """At a machine everything is begun at that machine; elsewhere there is none."""
        if request.kiosk:
            self.entry = Filing.Channel.KIOSK
        elif self.entry == Filing.Channel.KIOSK and request.user.is_authenticated:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get(self, request):
        if not request.user.person_id:
            return redirect("remote_care:counter")
        return self.show(self.form())

    def post(self, request):
        form = self.form(request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        person = form.people[form.cleaned_data["person"]]
        at, about = business_now(), {"channel": self.entry, "emergency": self.emergency, "kiosk": request.kiosk}
        unmet = may_begin(person, self.entry, by=request.user, at=at)
        if unmet:
            return self.show(form, unmet=unmet, status=409)
        key = form.start_key(request.user, "emergency" if self.emergency else self.entry)
        filing = open_filing(person, by=request.user, at=at, key=key, **about)
        return redirect("remote_care:resume", filing.number)

    def form(self, *data):
        return StartForm(*data, people=people_of(self.request.user, business_now()), entry=self.entry)

    def show(self, form, status=200, unmet=()):
        mine = Filing.objects.visible_to(self.request.user, business_now()).filter(status__in=drafts.OPEN, person__in=form.people)
        begun = mine.select_related("person", "place").order_by("-pk")[:5]
        context = {"form": form, "begun": begun, "unmet": unmet, "tab": "home", "entry": self.entry, "emergency": self.emergency}
        return render(self.request, "remote_care/draft/start.html", context, status=status)


def people_of(user, at) -> list[tuple]:
    """[(person, how she is called on the page), …]: herself first, then those for whom she may file."""
    people = list(authority.represented_by(user, "remote_care", at))
    kin = _kin(user.person_id, day_of(at))
    return [(person, _("Myself") if person.pk == user.person_id else _of(person, kin.get(person.pk))) for person in people]


def _of(person, relation):
    words = {"spouse": _("My spouse"), "parent": _("My parent"), "child": _("My child")}
    return f"{words[relation]} · {person.masked_name}" if relation else f"{person.masked_name} · {person.masked_cert}"


def _kin(person_id, on):
    """{relative: what the relative is to her}; a link is read from both ends."""
    links = FamilyLink.objects.in_force(on)
    there = links.filter(person=person_id).values_list("relative", "relation")
    back = links.filter(relative=person_id).values_list("person", "relation")
    return dict(there) | {person: str(INVERSE[Relation(relation)]) for person, relation in back}


@method_decorator(never_cache, "dispatch")
class Counter(LoginRequiredMixin, View):
    """S3.31, S3.32: somebody is at the counter. Found by the exact number only, and every search is on record."""

    def dispatch(self, request, *args, **kwargs):
        self.at = business_now()
        if request.user.is_authenticated and not drafts.may_open_filings(request.user, self.at):
            raise PermissionDenied(OPEN_FILING)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request):
        return self.show(FindForm())

    def post(self, request):
        if "found" in request.POST:
            return self.open(request.POST["found"])
        form = FindForm(request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        person = self.look_up(form.cleaned_data["number"], form.cleaned_data["cert_type"])
        return self.show(form, searched=True, person=person)

    def look_up(self, number, cert_type):
        """The person, if insured where this user may file; somebody else's insured look like nobody."""
        person, by = find.by_certificate(number, cert_type), self.request.user
        if person and not scope.holds(by, OPEN_FILING, person.region_id, None, self.at):
            person = None
        found = {"object_id": person.pk, "person_id": person.pk, "region": person.region_id} if person else {}
        record("people.Person", "looked_up", by=by, at=self.at, data={"for": OPEN_FILING, "found": bool(person)}, **found)
        return person

    def open(self, found):
        try:
            token = signing.loads(found, salt=OPEN_FILING, max_age=FOUND_FOR)
        except signing.BadSignature:
            return self.show(FindForm(), stale=True, status=422)
        if token["by"] != self.request.user.pk:
            raise PermissionDenied(OPEN_FILING)
        person = get_object_or_404(Person, pk=token["person"])
        channel = self.request.POST.get("channel", "")
        channel = channel if channel in counters_of(person, at=self.at) else Filing.Channel.COUNTER
        emergency = "emergency" in self.request.POST
        key = uuid5(UUID(token["key"]), "emergency") if emergency else token["key"]
        filing = open_filing(person, by=self.request.user, at=self.at, key=key, channel=channel, emergency=emergency)
        return redirect("remote_care:resume", filing.number)

    def show(self, form, status=200, person=None, **more):
        if person:
            key = StartForm(people=[(person, "")]).initial["key"]
            more |= {"found": signing.dumps({"person": person.pk, "by": self.request.user.pk, "key": str(key)}, salt=OPEN_FILING),
                     "entitlement": benefits_through([person.pk], day_of(self.at))[person.pk],
                     "counters": counters_of(person, at=self.at),
                     "begun": Filing.objects.filter(person=person, status__in=drafts.OPEN).order_by("-pk")[:5]}
        context = {"form": form, "person": person, "place": "counter"} | more
        return render(self.request, "remote_care/draft/counter.html", context, status=status)


@login_required
@never_cache
def sent(request, number):
    """It is done: the number, what happens next and by when, with the computation."""
    filing = find_filing(number, by=request.user, at=business_now())
    if drafts.is_open(filing):
        return redirect("remote_care:resume", number)
    if filing.status != Filing.Status.SUBMITTED:
        return redirect(case_url(filing))
    due = next(due for due in filing.deadlines(None, filing.params()) if due.name == "decide")
    context = {"filing": filing, "term": due.term, "case_url": case_url(filing), "receipt_url": f"{case_url(filing)}receipt.pdf",
               "then": what_next(filing, business_now()), "tab": "cases"}
    return render(request, "remote_care/draft/sent.html", context)


def what_next(filing, at) -> list[str]:
    """What the person has to know while she waits, in the order in which it happens."""
    missing = names_of(drafts.missing_secondary(filing, at))
    lines = [_("The bureau looks at your filing. By when it has to answer stands below."),
             _("You get a message with the answer, on your phone as well. You need not ask.")]
    if missing:
        lines.append(_("Still to come: %(names)s. By when it has to be there, the message of acceptance tells you.") % {"names": missing})
    return [*lines, _("The filing counts once it has a number from the platform. Please do not rely on it before.")]
