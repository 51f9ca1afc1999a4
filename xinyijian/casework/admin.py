"""The register and its cases in Django's admin: looked at there, moved only through the door of every other page."""

from django.contrib import admin
from django.http import Http404
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from . import case_page, pages
from .business_time import business_now
from .desk_admin import BulkActAdmin, LetterSeriesAdmin, SavedViewAdmin, SendingAdmin, StandInAdmin
from .looked_admin import Looked
from .models import Breach, Claim, Decision, Deficiency, Docket, Document, Errand, Letter, Notice
from .views import StepPage

__all__ = ["BulkActAdmin", "LetterSeriesAdmin", "SavedViewAdmin", "SendingAdmin", "StandInAdmin"]


class StatusFilter(admin.SimpleListFilter):
    """The states of the class, not those that happen to be in the table."""

    title, parameter_name = _("status"), "status"

    def lookups(self, request, model_admin):
        return model_admin.model.Status.choices

    def queryset(self, request, queryset):
        return queryset.filter(status=self.value()) if self.value() else queryset


class AdminStepPage(StepPage):
    """A step in the admin's skin; the same form, the same door."""

    template = "admin/casework/step.html"
    model_admin = None

    def find(self, pk, verb):
        rows = self.model_admin.model.objects.visible_to(self.request.user, self.at)
        case = rows.filter(pk=pk).select_related("docket", "person", "region").first()
        if case is None or not self.request.user.is_staff:
            raise Http404
        return case

    def back_url(self):
        return reverse(f"admin:{self.case._meta.app_label}_{self.case._meta.model_name}_change", args=[self.case.pk])

    def extra(self):
        return admin.site.each_context(self.request) | {"opts": self.case._meta, "title": self.step.label}


class CaseAdmin(Looked):
    """Base of every service's case: what is in the row, and the steps as buttons."""

    change_form_template = "admin/casework/case.html"
    list_display = ["number", "state", "person", "region", "opened_at"]
    list_filter = [StatusFilter]
    list_select_related = ["person", "region"]
    search_fields = ["number"]
    search_help_text = _("the whole number of a case")
    exclude = ["status"]

    def visible(self, rows, user, at):
        return rows.visible_to(user, at)

    @admin.display(description=_("status"))
    def state(self, case):
        return self.model.Status(case.status).label

    def get_fields(self, request, obj=None):
        """What is filled in; how the clock aims at it is the engine's own affair."""
        names = [f.name for f in self.model._meta.fields if f.editable and f.name not in ("id", *self.exclude)]
        return ["number", "state", *(name for name in names if obj is None or getattr(obj, name) not in (None, "", [], {}))]

    def get_readonly_fields(self, request, obj=None):
        return self.get_fields(request, obj)

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_step"
        page = AdminStepPage.as_view(model_admin=self)
        return [path("<int:pk>/step/<str:verb>/", self.admin_site.admin_view(page), name=name), *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """With the buttons that this user may press now; the reading is on record."""
        case, at = self.get_object(request, object_id), business_now()
        if case is not None:
            case_page.note_reading(case, by=request.user, at=at, where="admin")
        steps = pages.buttons_for(case, by=request.user, at=at) if case else []
        return super().change_view(
            request, object_id, form_url, {"steps": [{"url": f"../step/{s.verb}/", "step": s} for s in steps], **(extra_context or {})}
        )


@admin.register(Docket)
class DocketAdmin(Looked):
    list_display = ["number", "kind", "person", "status", "queue_role", "due_at", "closed_at"]
    list_select_related = ["person"]
    search_fields = ["number"]

    def visible(self, rows, user, at):
        return rows.visible_to(user, at)


class OfDocket(Looked):
    list_select_related = ["docket"]
    search_fields = ["docket__number"]


@admin.register(Notice)
class NoticeAdmin(OfDocket):
    list_display = ["docket", "subject", "template", "state", "at", "sent_at", "attempts", "problem"]

    def visible(self, rows, user, at):
        return rows.visible_to(user, at)


@admin.register(Errand)
class ErrandAdmin(OfDocket):
    list_display = ["docket", "name", "attempts", "next_try_at", "done_at", "answer"]


@admin.register(Deficiency)
class DeficiencyAdmin(OfDocket):
    list_display = ["docket", "code", "state", "since", "verified_at"]


@admin.register(Decision)
class DecisionAdmin(OfDocket):
    list_display = ["docket", "outcome", "at", "params_version"]


@admin.register(Document)
class DocumentAdmin(OfDocket):
    list_display = ["docket", "kind", "mime", "size", "pages", "received_at"]
    exclude = ["stored", "original_name"]


@admin.register(Claim)
class ClaimAdmin(OfDocket):
    list_display = ["docket", "role", "holder", "since"]
    list_select_related = ["docket", "holder"]


@admin.register(Breach)
class BreachAdmin(OfDocket):
    list_display = ["docket", "kind", "since", "expires_on", "repaired_at"]


@admin.register(Letter)
class LetterAdmin(OfDocket):
    list_display = ["docket", "number", "kind", "issued_at", "sha256"]
    exclude = ["body", "code"]
