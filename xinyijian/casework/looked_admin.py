"""What all tables around cases have in common in Django's admin: looked at there within one's scope, and never written."""
from django.contrib import admin
from django.http import Http404
from django.utils import timezone

from xinyijian.listing import Keyed
from xinyijian.people import scope

from .business_time import business_now
from .models import Docket


class Looked(Keyed, admin.ModelAdmin):
    """Looked at by staff within their scope, never written here. Posts decide who sees what, not Django's own permissions."""

    show_facets = admin.ShowFacets.NEVER
    actions = None

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def has_view_permission(self, request, obj=None):
        return request.user.is_staff and scope.holds_anywhere(request.user, "casework.read", timezone.now())

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        return rows if request.user.is_superuser else self.visible(rows, request.user, business_now())

    def get_object(self, request, object_id, from_field=None):
        """What is out of reach does not exist; Django would go back to the list and say so there."""
        if (found := super().get_object(request, object_id, from_field)) is None:
            raise Http404
        return found

    def visible(self, rows, user, at):
        """What this member of staff may see."""
        return rows.filter(docket__in=Docket.objects.visible_to(user, at).values("pk"))

    def get_search_results(self, request, queryset, search_term):
        """One exact value, a case number in whatever case; anything else would walk the whole table."""
        field, text = self.search_fields[0], search_term.strip()
        return (queryset.filter(**{field: text.upper() if field.endswith("number") else text}) if text else queryset), False
