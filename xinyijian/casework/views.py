"""The pages that all services share: a case, and one step of it."""

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.views import View

from . import case_page, documents, pages
from .business_time import business_now
from .forms import form_for
from .rules import WRONG_STATE, Refused, Unmet
from .tasks import nudge
from .workflow import act, lock, may_press, steps_of_class


class CasePage(LoginRequiredMixin, View):
    """Everything about one case: for the person in plain words, for staff with facts, papers and rules side by side."""

    def get(self, request, number):
        at = business_now()
        case = pages.find_case(number, by=request.user, at=at)
        if not request.user.is_staff:
            return render(request, "cases/patient.html", case_page.for_person(case, by=request.user, at=at) | {"tab": "cases"})
        case_page.note_reading(case, by=request.user, at=at, where="page", goes_on="paper" in request.GET)
        context = case_page.for_desk(case, by=request.user, at=at, wish=request.GET)
        return render(request, "cases/desk.html", context | {"place": "worklist"})


class StepPage(LoginRequiredMixin, View):
    """One button: what it does, what is asked, ✓/✗, and the press. All reasons of a refusal at once; what was typed stays."""

    template = "cases/step.html"

    def dispatch(self, request, *args, **kwargs):
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        self.at = business_now()
        self.case = self.find(**kwargs)
        self.step = steps_of_class(type(self.case)).get(kwargs["verb"])
        if self.step is None:
            raise Http404
        if not may_press(self.case, self.step, request.user, self.at):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def find(self, number, verb):
        return pages.find_case(number, by=self.request.user, at=self.at)

    def get(self, request, **kwargs):
        if self.case.status not in self.step.sources:
            return self.refused(self.form(), [WRONG_STATE])
        return self.show(self.form(initial=request.GET.dict()))

    def post(self, request, **kwargs):
        form = self.form(request.POST, request.FILES)
        try:
            papers = self.papers(form)
            with transaction.atomic():
                lock(self.case, by=request.user, at=self.at)  # before the form looks at the case: two presses come one after the other
                form = self.form(request.POST, papers)
                if self.case.status in self.step.sources and not form.is_valid():
                    return redirect(self.back_url()) if self.was_pressed() else self.show(form, status=422)
                return self.press(form)
        except Refused as no:
            return self.refused(form, no.unmet)
        except ValidationError as wrong:
            form.add_error(None, wrong)
            return self.show(form, status=422)

    def papers(self, form) -> dict:
        """What was handed in, drawn before anything is locked."""
        asked = form.fields if self.case.status in self.step.sources else ()
        return {name: documents.drawn(file, self.case.person_id) for name, file in form.files.items() if name in asked}

    def press(self, form):
        """Through the one door; whoever comes too late is told so there."""
        inputs = form.inputs() if self.case.status in self.step.sources else {}
        act(getattr(self.case, self.step.verb), by=self.request.user, at=self.at, **inputs)
        transaction.on_commit(nudge)
        messages.success(self.request, self.step.done)
        return redirect(self.back_url())

    def refused(self, form, unmet):
        """Somebody was faster: say who and when; the same button pressed twice is no mistake."""
        if self.was_pressed(ever=unmet == [WRONG_STATE]):
            return redirect(self.back_url())
        self.case = self.find(**self.kwargs)
        if unmet == [WRONG_STATE]:
            unmet = [Unmet(WRONG_STATE.code, pages.who_was_faster(self.case, pages.last_move(self.case)), remedy=WRONG_STATE.remedy)]
        return self.show(form, unmet=unmet, status=409)

    def was_pressed(self, ever=False) -> bool:
        """Whether the latest move was this button by this user, after the form was shown (or at any time)."""
        last, seen = pages.last_move(self.case), self.request.POST.get("seen", "")
        mine = last.verb == self.step.verb and last.by_id == self.request.user.pk
        return mine and (ever or (seen.isdecimal() and last.pk > int(seen)))

    def back_url(self):
        return f"/cases/{self.case.number}/"

    def form(self, *data, **more):
        return form_for(self.case, self.step.verb)(*data, case=self.case, at=self.at, by=self.request.user, **more)

    def show(self, form, unmet=(), status=200):
        rules = [] if unmet else pages.rules_of(self.case, self.step, by=self.request.user, at=self.at)
        gate = [] if self.step.weighs and not self.step.rules else [answer for answer in rules if not answer.ok]
        context = {
            "case": self.case,
            "step": self.step,
            "form": form,
            "rules": rules,
            "unmet": unmet,
            "gate": gate,
            "over": self.case.status not in self.step.sources,
            "at": self.at,
            "back": self.back_url(),
            "title": self.step.label,
            "tab": "cases",
            "place": "worklist",
            "seen": pages.newest_event(self.case),
            "multipart": form.is_multipart(),
        }
        return render(self.request, self.template, context | self.extra(), status=status)

    def extra(self):
        """What another skin needs besides."""
        return {}
