"""Cases that this hospital has opened, and opening one for a patient who is present and says so with a code."""
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from xinyijian.audit import record
from xinyijian.casework import assisted, words
from xinyijian.casework.models import Docket
from xinyijian.casework.rules import Refused
from xinyijian.people import codes, find
from xinyijian.people.crypto import blind_index
from xinyijian.people.sign_in import address_of

from . import lookups
from .access import CHECK
from .desk_views import HospitalView
from .forms import OpenForm

SHOWN = 30  # rows of a page
LISTED = ("number", "kind", "status", "opened_at", "occurred_at", "due_name", "due_at", "queue_role", "closed_at", "person__name")
ASKED = "hospital_code"  # in the session: [token of the code, person]


class Filings(HospitalView):
    """Newest first; only this hospital's own."""

    permission = "casework.read"

    def get(self, request):
        after = request.GET.get("after", "")
        if after and not (after.isascii() and after.isdecimal() and len(after) < 19):
            raise Http404
        rows = Docket.objects.visible_to(request.user, self.at).filter(organisation=self.hospital)
        rows = (rows.filter(pk__lt=int(after)) if after else rows).select_related("person").only(*LISTED).order_by("-pk")
        found = list(rows[: SHOWN + 1])
        following = f"?after={found[SHOWN - 1].pk}" if len(found) > SHOWN else ""
        context = {"rows": [_row(docket) for docket in found[:SHOWN]], "next_url": following, "first_url": "?" if after else "",
                   "opens": assisted.openable(request.user, self.hospital.pk, self.at), "hospital": self.hospital}
        return render(request, "hospital/filings.html", context | {"place": "hospital_filings"})


class Begin(HospitalView):
    """Opening begins with the question who it is for."""

    permission = CHECK

    def get(self, request):
        return to_begin()


def to_begin():
    """Where somebody is found for whom a case is to be opened."""
    return redirect(reverse("hospital:check") + "?for=filing")


@method_decorator(never_cache, "dispatch")
class Open(HospitalView):
    """She is on the table (see Check); what she asks is opened once a code proves that she is here and agrees."""

    def get(self, request):
        return to_begin()

    def post(self, request):
        kinds = assisted.openable(request.user, self.hospital.pk, self.at)
        self.require(bool(kinds))
        found = lookups.found_by(request.POST.get("token", ""), self.hospital, by=request.user)
        if found is None:
            return to_begin()
        deed = request.POST.get("deed", "")
        form = OpenForm(request.POST if deed == "open" else None, kinds=kinds)
        if deed == "ask":
            return self.ask(found, form)
        if deed == "open" and form.is_valid():
            return self.open(found, form)
        return self.show(found, form, status=422 if deed == "open" else 200)

    def ask(self, found, form):
        """Send a code to the phone that stands in her record; codes live in real time."""
        try:
            sent = codes.ask(find.tidy_phone(found.person.phone), address_of(self.request), timezone.now(), words=_(
                "%(sender)s: %(code)s confirms that a hospital opens a case for you, valid for 5 minutes. "
                "Tell it only to the staff in front of you.")) if found.person.phone else ""
        except ValidationError as wrong:
            return self.show(found, form, trouble=wrong.messages, status=422)
        self.request.session[ASKED] = [sent, found.person.pk]
        return self.show(found, form)

    def open(self, found, form):
        how = self.proof_of(found, form)
        if how is None:
            return self.show(found, form, status=422)
        person, by = found.person, self.request.user
        try:
            case = assisted.open_for(form.cleaned_data["kind"], person, self.hospital, by=by, at=self.at, key=form.cleaned_data["key"],
                                     data={"confirmed": how})
        except Refused as no:
            return self.show(found, form, unmet=no.unmet, status=409)
        record("people.Person", "confirmed", by=by, at=self.at, object_id=person.pk, person_id=person.pk, region=person.region_id,
               data={"how": how, "case": case.number, "organisation": self.hospital.code})
        return redirect(assisted.edit_url(case))

    def proof_of(self, found, form) -> str | None:
        """"voucher" or "phone"; None, and the form says why, when neither proves that she is here."""
        if found.by_code:
            return "voucher"
        if code := form.cleaned_data["voucher"].strip():
            return "voucher" if self._voucher_fits(found, form, code) else None
        token, person = self.request.session.get(ASKED, ["", None])
        typed = find.tidy_phone(form.cleaned_data["sms_code"])
        hers = blind_index(found.person.phone, "phone")
        if token and person == found.person.pk and codes.redeem(token, typed, timezone.now(), codes.OTHER) == hers:
            del self.request.session[ASKED]
            return "phone"
        form.add_error("sms_code", _("This code does not fit, or it is too old. Ask her for the newest message, or send another code."))
        return None

    def _voucher_fits(self, found, form, code):
        try:
            if lookups.shows(found.person, code, self.hospital):
                return True
            form.add_error("voucher", _("This code belongs to somebody else."))
        except tuple(lookups.CODE_TROUBLE) as trouble:
            form.add_error("voucher", lookups.CODE_TROUBLE[type(trouble)])
        return False

    def require(self, allowed):
        if not allowed:
            raise Http404

    def show(self, found, form, status=200, **more):
        asked = self.request.session.get(ASKED, ["", None])
        context = {"found": found, "person": found.person, "form": form, "hospital": self.hospital, "place": "hospital_check",
                   "token": lookups.token_of(found, self.hospital, by=self.request.user), "sent": asked[0] and asked[1] == found.person.pk}
        return render(self.request, "hospital/open.html", context | more, status=status)


def _row(docket):
    return {"docket": docket, "url": f"/cases/{docket.number}/", "title": words.title(docket.kind),
            "status": words.status(docket.kind, docket.status, staff=True), "due": words.due(docket.kind, docket.due_name, staff=True)}
