"""The pages that all services share: a case, one step of it, what it proves to the public."""
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.views import View

from xinyijian.audit import record

from . import pages
from .business_time import business_now
from .forms import form_for
from .models import Deficiency
from .rules import WRONG_STATE, Refused, Unmet
from .tasks import nudge
from .workflow import act, may_press, steps_of_class


class CasePage(LoginRequiredMixin, View):
    """Everything about one case: for the person in plain words, for staff with facts, documents and rules side by side."""

    def get(self, request, number):
        at = business_now()
        case = pages.find_case(number, by=request.user, at=at)
        if request.user.is_staff:
            record(case._meta.label, "read", by=request.user, at=at, object_id=case.pk, person_id=case.person_id, region=case.region_id)
        return render(request, "cases/desk.html" if request.user.is_staff else "cases/patient.html", self.context(case, request.user, at))

    def context(self, case, by, at):
        buttons, dues = pages.buttons_for(case, by=by, at=at), pages.dues_of(case, at)
        judged = next((b for b in buttons if b.rules and b.decision), None) if by.is_staff else None
        return {
            "case": case, "at": at, "buttons": buttons, "dues": dues, "title": case.title,
            "status": case.public_status[case.status] if not by.is_staff else (case.get_status_display(), case.public_status[case.status][1]),
            "timeline": pages.timeline_of(case),
            "gaps": Deficiency.objects.filter(docket=case.docket).select_related("document").order_by("pk"),
            "documents": case.docket.documents.order_by("kind", "-pk"),
            "decisions": case.docket.decisions.order_by("-pk"),
            "judged": judged, "rules": pages.rules_of(case, judged, by=by, at=at) if judged else [],
            "facts_template": f"{case._meta.app_label}/{case._meta.model_name}_facts.html",
        }


class StepPage(LoginRequiredMixin, View):
    """One button: what it does, what is asked, ✓/✗, and the press. All reasons of a refusal at once; what was typed stays."""

    template = "cases/step.html"

    def dispatch(self, request, *args, **kwargs):
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        self.at = business_now()
        self.case = pages.find_case(kwargs["number"], by=request.user, at=self.at)
        self.step = steps_of_class(type(self.case)).get(kwargs["verb"])
        if self.step is None:
            raise Http404
        if not may_press(self.case, self.step, request.user, self.at):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, number, verb):
        return self.show(self.form())

    def post(self, request, number, verb):
        form = self.form(request.POST, request.FILES)
        if not form.is_valid():
            return self.show(form, status=422)
        try:
            with transaction.atomic():
                act(getattr(self.case, verb), by=request.user, at=self.at, **form.inputs())
        except Refused as no:
            return self.refused(form, no.unmet)
        except ValidationError as wrong:
            form.add_error(None, wrong)
            return self.show(form, status=422)
        nudge()
        messages.success(request, self.step.done)
        return redirect(self.back_url())

    def refused(self, form, unmet):
        """Somebody was faster: say who and when; the same button pressed twice is no mistake."""
        last = pages.last_move(self.case)
        if unmet == [WRONG_STATE]:
            if last.verb == self.step.verb and last.by_id == self.request.user.pk:
                return redirect(self.back_url())
            unmet = [Unmet(WRONG_STATE.code, pages.who_was_faster(self.case, last), remedy=WRONG_STATE.remedy)]
        fresh = pages.find_case(self.case.number, by=self.request.user, at=self.at)
        self.case = fresh
        return self.show(form, unmet=unmet, status=409)

    def back_url(self):
        return f"/cases/{self.case.number}/"

    def form(self, *data):
        return form_for(self.case, self.step.verb)(*data, case=self.case, at=self.at, by=self.request.user)

    def show(self, form, unmet=(), status=200):
        rules = [] if unmet else pages.rules_of(self.case, self.step, by=self.request.user, at=self.at)
        context = {"case": self.case, "step": self.step, "form": form, "rules": rules, "unmet": unmet, "at": self.at, "back": self.back_url(),
                   "title": self.step.label}
        return render(self.request, self.template, context, status=status)
