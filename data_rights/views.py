"""My data: what is kept, who looked, the export, a correction, a review, and closing the sign-in."""

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache

from xinyijian import audit
from xinyijian.casework import documents
from xinyijian.casework.business_time import business_now
from xinyijian.casework.days import day_of
from xinyijian.casework.rules import Refused
from xinyijian.casework.tasks import nudge
from xinyijian.people import corrections, sign_in
from xinyijian.people.closing import close_sign_in
from xinyijian.people.fresh import ask_again
from xinyijian.policies import params_for

from . import choices, mine, services
from .closing_words import open_cases_of, what_stays
from .export import export
from .forms import CloseForm, CorrectionForm, ReviewForm


def _number(text):
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None


@method_decorator(never_cache, "dispatch")
class Hers(LoginRequiredMixin, View):
    """A page for somebody who is insured; for everybody else it does not exist."""

    def dispatch(self, request, *args, **kwargs):
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        self.at, self.person = business_now(), request.user.person
        if self.person is None or request.user.is_staff:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def page(self, name, status=200, **context):
        return render(
            self.request, f"data_rights/{name}.html", {"tab": "me", "person": self.person, "at": self.at} | context, status=status
        )


class Mine(Hers):
    """What is kept about her; her whole number is shown by a press, which is on record."""

    def get(self, request):
        return self.show(masked=True)

    def post(self, request):
        audit.record(
            "people.Person",
            "reveal",
            by=request.user,
            at=self.at,
            object_id=self.person.pk,
            person_id=self.person.pk,
            region=self.person.region_id,
        )
        return self.show(masked=False)

    def show(self, masked):
        facts = mine.facts_of(self.person, masked=masked)
        of, number = self.request.GET.get("of", "cases"), self.request.GET.get("page", "")
        sections = [one.shown(number if one.code == of else 1) for one in mine.sections_of(self.person, masked=masked)]
        return self.page("mine", facts=facts, masked=masked, sections=sections, of=of, correctable=mine.CORRECTABLE)


class Looked(Hers):
    """Who looked at it."""

    def get(self, request):
        section, following = mine.looked(self.person, _number(self.request.GET.get("before", "")))
        return self.page("looked", section=section, next_url=f"?before={following}" if following else "")


class Export(Hers):
    """The file, once and for whoever has just signed in; no link makes one by itself."""

    def get(self, request):
        return redirect("data_rights:mine")

    def post(self, request):
        if door := ask_again(request, reverse("data_rights:mine")):
            return door
        content = export(self.person, by=request.user, at=self.at)
        name = f"my-data-{day_of(self.at):%Y%m%d}.zip"
        return HttpResponse(content, "application/zip", headers={"Content-Disposition": f'attachment; filename="{name}"'})


class NewCorrection(Hers):
    """One fact at a time: ?field=phone; without one she chooses."""

    asked = "field"

    def get(self, request):
        return self.show(self.form()) if self.asked in request.GET else self.choose()

    def choose(self):
        return self.page("correction_choose", facts=choices.wrong_facts(self.person))

    def post(self, request):
        form = self.form(request.POST, request.FILES)
        if not form.is_valid():
            return self.show(form, status=422)
        try:
            return self.sent(self.open(form))
        except Refused as no:
            return self.show(form, status=409, unmet=no.unmet)
        except ValidationError as wrong:
            form.add_error("evidence", wrong)
            return self.show(form, status=422)

    def open(self, form):
        given = form.cleaned_data
        evidence = documents.drawn(given["evidence"], self.person.pk) if given["evidence"] else None
        return services.open_correction(
            self.person,
            by=self.request.user,
            at=self.at,
            field=self.field,
            wanted=given["wanted"],
            because=given["because"],
            evidence=evidence,
            key=given["key"],
        )

    def sent(self, case):
        nudge()
        messages.success(self.request, _("Sent. Below stands by when you get an answer."))
        return redirect("casework:case", case.number)

    @property
    def field(self):
        field = self.request.GET.get("field", "")
        if field not in corrections.LABELS:
            raise Http404
        return field

    def form(self, *data):
        params = params_for("data_rights", self.person.region_id, day_of(self.at))
        return CorrectionForm(*data, field=self.field, at=self.at, needs_paper=self.field in params.evidence_for)

    def show(self, form, status=200, unmet=()):
        word, held = corrections.LABELS[self.field], corrections.held(self.person, self.field)
        if self.field == "phone":
            held = self.person.masked_phone
        elif self.field == "sex":
            held = self.person.get_sex_display()
        return self.page("correction_new", form=form, word=word, held=held, unmet=unmet, status=status)


class NewReview(NewCorrection):
    """?about=standing, or ?about=case:<number>; without it she chooses."""

    asked = "about"

    def choose(self):
        return self.page("review_choose", answers=choices.answers_of(self.request.user, self.at))

    def open(self, form):
        docket, given = self.docket, form.cleaned_data
        return services.open_review(
            docket.person if docket else self.person,
            by=self.request.user,
            at=self.at,
            because=given["because"],
            about=docket,
            key=given["key"],
        )

    @property
    def docket(self):
        about = self.request.GET.get("about", "")
        if about == "standing":
            return None
        if not about.startswith("case:"):
            raise Http404
        return services.answered_docket(about.removeprefix("case:"), by=self.request.user, at=self.at)

    def form(self, *data):
        return ReviewForm(*data[:1])

    def show(self, form, status=200, unmet=()):
        docket = self.docket
        whose = docket.person if docket else self.person
        return self.page("review_new", form=form, docket=docket, begun=services.open_review_of(whose, docket), unmet=unmet, status=status)


class Close(Hers):
    """Closing the sign-in: what stays by law, which cases are open, and then no way back."""

    def get(self, request):
        return self.show(CloseForm())

    def post(self, request):
        if door := ask_again(request, request.path):
            return door
        form = CloseForm(request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        close_sign_in(request.user, at=self.at)
        sign_in.leave(request, "closed")
        return redirect("data_rights:closed")

    def show(self, form, status=200):
        stays = what_stays(self.person.region_id, self.at)
        return self.page("close", form=form, stays=stays, open_cases=open_cases_of(self.request.user, self.at), status=status)


@never_cache
def closed(request):
    """After closing: nobody is signed in any more."""
    return render(request, "data_rights/closed.html")
