"""What is in force, in Django's admin: written by the service that granted it, and looked at there."""
from django.contrib import admin

from xinyijian.people.admin import ByHerself

from .models import Coverage


@admin.register(Coverage)
class CoverageAdmin(ByHerself):
    list_display = ["case_number", "kind", "person", "place", "starts_on", "ends_on"]
    list_select_related = ["person", "place"]
    ordering = ["-pk"]
    search_fields = ["case_number"]

    def get_search_results(self, request, queryset, search_term):
        return (queryset.filter(case_number=search_term.strip().upper()) if search_term.strip() else queryset), False
