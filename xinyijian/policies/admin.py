from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import services
from .forms import ValueForm
from .models import CalendarDay, CalendarYear, Change, Pack, Reference, Value


class ReadOnly:
    """Looked at, never written here."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class ChangeInline(ReadOnly, admin.TabularInline):
    model = Change
    fields = readonly_fields = ["at", "verb", "by_id", "because", "before", "after"]
    extra = 0


@admin.register(Value)
class ValueAdmin(admin.ModelAdmin):
    form = ValueForm
    inlines = [ChangeInline]
    list_display = ["name", "region", "content", "badge", "reference", "valid_from", "valid_until", "in_force", "edited"]
    list_filter = ["region", "service", "grade", "in_force"]
    list_select_related = ["reference"]
    search_fields = ["name"]
    actions = ["put_in_force"]

    @admin.display(description=gettext_lazy("grade"), ordering="grade")
    def badge(self, value):
        return format_html('<span class="grade grade-{}">{}</span>', value.grade, value.get_grade_display())

    @admin.display(description=gettext_lazy("edited"), boolean=True)
    def edited(self, value):
        return value.edited_by_id is not None

    def get_readonly_fields(self, request, obj=None):
        return ["service", "name", "region", "in_force"] if obj else []

    def has_delete_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        """Through the services: an edit with its history, or a draft that waits for a second officer."""
        because, at = form.cleaned_data["because"], timezone.now()
        if change:
            names = {"reference": "reference_id"}
            changes = {names.get(field, field): getattr(obj, names.get(field, field)) for field in form.changed_data if field != "because"}
            services.edit_value(obj, by=request.user, at=at, because=because, **changes)
        else:
            services.propose_value(obj, by=request.user, at=at, because=because)

    @admin.action(description=gettext_lazy("Put in force"), permissions=["change"])
    def put_in_force(self, request, drafts):
        for draft in drafts:
            try:
                services.approve_value(draft, by=request.user, at=timezone.now(), because=_("approved in the list"))
            except (PermissionDenied, ValidationError) as refused:
                messages.error(request, f"{draft}: {' '.join(getattr(refused, 'messages', [str(refused)]))}")


@admin.register(Change)
class ChangeAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["value", "verb", "at", "by_id", "because"]
    list_select_related = ["value"]


@admin.register(Reference, Pack, CalendarDay)
class Loaded(ReadOnly, admin.ModelAdmin):
    """Comes from files only."""


@admin.register(CalendarYear)
class CalendarYearAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["year", "published", "source"]
