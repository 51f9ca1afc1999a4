"""Sheets of the downtime, in Django's admin: looked at, each with its case."""
from django.contrib import admin
from django.db.models import Q

from xinyijian.casework.admin import Looked
from xinyijian.casework.models import Docket
from xinyijian.people import scope

from .models import Sheet


@admin.register(Sheet)
class SheetAdmin(Looked):
    list_display = ["number", "organisation", "printed_at", "entered_at", "cause", "docket"]
    list_select_related = ["organisation", "docket"]
    search_fields = ["number"]

    def visible(self, rows, user, at):
        """Of one's own hospital, or with a case that one may see."""
        own = Q(organisation__in=scope.organisations_of(user, "casework.read", at))
        return rows.filter(own | Q(docket__in=Docket.objects.visible_to(user, at).values("pk")))
