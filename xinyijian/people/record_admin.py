"""What all records of people have in common in Django's admin: bounded by scope, mostly read-only, and looking leaves an event."""
from django.contrib import admin
from django.http import Http404
from django.utils import timezone

from xinyijian import audit
from xinyijian.listing import Keyed

from . import scope
from .models import Person


class Record(Keyed, admin.ModelAdmin):
    """May be read by staff whose role says so, changed by a superuser, deleted by nobody."""

    actions = None
    changeable = True

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def has_view_permission(self, request, obj=None):
        return may_read(request.user)

    def has_add_permission(self, request):
        return self.changeable and request.user.is_superuser

    def has_change_permission(self, request, obj=None):
        return self.changeable and request.user.is_superuser

    def has_delete_permission(self, request, obj=None):
        return False

    def get_object(self, request, object_id, from_field=None):
        """What is out of reach does not exist; Django would go back to the list and say so there."""
        if (found := super().get_object(request, object_id, from_field)) is None:
            raise Http404
        return found

    def render_change_form(self, request, context, obj=None, **kwargs):
        if obj is not None and request.method == "GET":
            self.note(request, "read", obj)
        return super().render_change_form(request, context, obj=obj, **kwargs)

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        self.note(request, "change" if change else "add", obj, fields=form.changed_data)

    def note(self, request, verb, obj, **data):
        whose = {"person_id": obj.pk if isinstance(obj, Person) else getattr(obj, "person_id", None)}
        what = {"object_id": obj.pk} if isinstance(obj.pk, int) else {}
        data["door"] = "admin"
        audit.record(f"people.{type(obj).__name__}", verb, by=request.user, at=timezone.now(), data=data, **what, **whose)


def may_read(user) -> bool:
    """Whether a post in force lets the user read people's records at all; which ones, scope says."""
    return scope.holds_anywhere(user, "people.read", timezone.now())


class SuperuserOnly(Record):
    def has_view_permission(self, request, obj=None):
        return request.user.is_active and request.user.is_superuser
