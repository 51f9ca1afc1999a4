"""The pages of the filing form: each is saved before anything is said about it, and can be left at any time."""

from dataclasses import replace
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache

from xinyijian.casework import case_page
from xinyijian.casework.business_time import business_now
from xinyijian.casework.rules import Refused

from . import drafts, held, policy, walk
from .draft_forms import BasisForm, ContactForm, WhereForm
from .models import Filing
from .parameters import names_of


def case_url(filing) -> str:
    """The page of the case, which shows it in whatever state it is."""
    return f"/cases/{filing.number}/"


def find_filing(number, *, by, at) -> Filing:
    """The filing, if the user may see it; otherwise it does not exist (404)."""
    seen = Filing.objects.visible_to(by, at).select_related("docket", "person", "region", "place", "agent")
    return get_object_or_404(seen, number=number)


@method_decorator(never_cache, "dispatch")
class DraftView(View):
    """Any page of the walk: who may open it, and what stands around its questions."""

    page = walk.CHECK
    slug = ""  # of its template, where it is not the page's
    keeps_typed = False  # over a sign-in

    def dispatch(self, request, *args, **kwargs):
        if not request.user.is_authenticated:
            return held.to_sign_in(request, keep=self.keeps_typed)
        self.at = business_now()
        self.filing = find_filing(kwargs["number"], by=request.user, at=self.at)
        if not drafts.may_edit(self.filing, request.user, self.at):
            raise PermissionDenied
        if not drafts.is_open(self.filing):
            return self.too_late()
        try:
            return super().dispatch(request, *args, **kwargs)
        except Refused as no:
            return self.refused(no)

    def refused(self, no):
        """Sent or withdrawn between two clicks, or a text that has changed."""
        self.filing = find_filing(self.filing.number, by=self.request.user, at=self.at)
        return self.too_late() if not drafts.is_open(self.filing) else self.show(self.form(), unmet=no.unmet, status=409)

    def too_late(self):
        if self.request.headers.get("X-Autosave"):
            return HttpResponse(status=409)
        if self.request.method == "POST":
            messages.warning(self.request, _("This filing has already been sent. Here you see how it stands."))
        return redirect(case_url(self.filing))

    def show(self, form, *, unmet=(), status=200, **more):
        """The page with its place in the walk; reading by staff leaves an event."""
        way = walk.Walk(self.filing, self.at)
        before = way.before(self.page)
        if self.request.user.is_staff and self.request.method == "GET":
            case_page.note_reading(self.filing, by=self.request.user, at=self.at, where=f"form, {self.page.slug}")
        context = {
            "filing": self.filing,
            "form": form,
            "way": way,
            "page": self.page,
            "step": way.step(self.page),
            "steps": len(way.pages),
            "back_url": before.url(self.filing) if before else "",
            "unmet": [(one, "") for one in unmet],
            "tab": "cases",
            "place": "counter",
            "returned": self.filing.status == Filing.Status.RETURNED,
            "redo": names_of(self.filing.redo),
            "for_other": self.filing.person_id != self.request.user.person_id,
        }
        return render(self.request, f"remote_care/draft/{self.slug or self.page.slug}.html", context | more, status=status)

    def onward(self):
        """To the next page; the answers decide which that is."""
        if "leave" in self.request.POST:
            messages.success(self.request, _("Saved. You can go on at any time, on any device, under “My cases”."))
            return redirect(case_url(self.filing))
        return redirect(walk.Walk(self.filing, self.at).after(self.page).url(self.filing))

    def form(self):
        return None


class Resume(DraftView):
    """Where to go on: the first page on which something is still open; what was sent back begins with the papers asked for again."""

    def get(self, request, number):
        if self.filing.status == Filing.Status.RETURNED:
            return redirect((walk.PAPERS if self.filing.redo else walk.CHECK).url(self.filing))
        return redirect(walk.Walk(self.filing, self.at).first_undone().url(self.filing))


class QuestionPage(DraftView):
    """A page with answers. What was typed is saved first, right or wrong; then the page says what is wrong with it."""

    form_class = None
    keeps_typed = True

    def form(self, *data, **more):
        return self.form_class(*data, filing=self.filing, by=self.request.user, at=self.at, **more)

    def get(self, request, number):
        typed = held.take(request)
        if typed is None:
            return self.show(self.form(**self.more_of_form()))
        form = self.form(typed)
        self.keep(form)
        messages.info(request, _("You had been signed out. What you typed is kept: look at it and go on."))
        return self.show(form)

    def post(self, request, number):
        form = self.form(request.POST)
        self.keep(form)
        if request.headers.get("X-Autosave"):
            return HttpResponse(status=204)
        if "find" in request.POST:
            return redirect(f"{request.path}?{urlencode({'city': request.POST.get('city', '')[:40]})}#id_place_field")
        if "leave" in request.POST:
            return self.onward()
        if form.errors:
            return self.show(form, status=422)
        unmet = walk.Walk(self.filing, self.at).unmet_on(self.page) if "anyway" not in request.POST else []
        return self.show(form, unmet=unmet, anyway=True, status=422) if unmet else self.onward()

    def keep(self, form):
        form.full_clean()
        drafts.save(self.filing, form.answers, form.mistyped, by=self.request.user, at=self.at)

    def more_of_form(self):
        return {}


class WherePage(QuestionPage):
    page, form_class = walk.WHERE, WhereForm

    def more_of_form(self):
        return {"like": self.request.GET.get("city", "")[:40].strip()}

    def show(self, form, **more):
        return super().show(form, city=self.request.GET.get("city", "")[:40], **more)


class BasisPage(QuestionPage):
    page, form_class = walk.BASIS, BasisForm

    def show(self, form, **more):
        way = walk.Walk(self.filing, self.at)
        letter = policy.commitment_allowed(replace(way.facts, by_commitment=True), way.params)
        chosen = self.filing.basis == Filing.Basis.COMMITMENT
        return super().show(form, no_letter=None if letter.ok or chosen else letter, **more)


class ContactPage(QuestionPage):
    page, form_class = walk.CONTACT, ContactForm
