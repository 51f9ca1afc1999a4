"""The records of people in Django's admin: masked, bounded by scope, mostly read-only; looking and changing leave events."""
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from . import scope
from .account_admin import BindingAdmin, PeopleUserAdmin, PhoneAdmin, PostAdmin
from .certificates import tidy
from .crypto import blind_index
from .find import tidy_phone
from .models import Contact, FamilyLink, Grant, Kiosk, Organisation, Person, Region, Standing, Wishes
from .record_admin import Record

__all__ = ["BindingAdmin", "PeopleUserAdmin", "PhoneAdmin", "PostAdmin"]
admin.site.unregister(Group)  # what staff may do stands in roles.py


@admin.register(Person)
class PersonAdmin(Record):
    """Insured persons come from the roster and are never typed here."""

    changeable = False
    list_display = ["masked_name", "masked_cert", "masked_phone", "psn_no", "region", "insutype"]
    list_filter = ["insutype"]
    list_select_related = ["region"]
    search_fields = ["psn_no"]  # opens the search box; what is searched stands below
    search_help_text = _("A whole name, certificate number, phone or insurance number; parts find nothing.")
    fields = ["masked_name", "cert_type", "masked_cert", "masked_phone", "psn_no", "born_on", "sex",
              "region", "insutype", "psn_type", "died_on"]

    def get_queryset(self, request):
        return scope.reachable_by(request.user, timezone.now()).order_by(*self.ordering)

    def get_search_results(self, request, queryset, search_term):
        return (queryset.filter(exactly(search_term)) if search_term.strip() else queryset), False


def exactly(term) -> Q:
    """Persons whom the term names as a whole: by name, certificate, phone or insurance number."""
    certificate, phone = blind_index(tidy(term), "certificate"), blind_index(tidy_phone(term), "phone")
    return Q(name_digest=blind_index(term, "name")) | Q(cert_digest=certificate) | Q(phone_digest=phone) | Q(psn_no=term.strip())


class OfPerson(Record):
    """A record that belongs to a person: visible with her, added by a superuser, never rewritten."""

    raw_id_fields = ["person"]
    list_select_related = ["person"]

    def get_queryset(self, request):
        return super().get_queryset(request).filter(person__in=scope.reachable_by(request.user, timezone.now()))

    def has_change_permission(self, request, obj=None):
        return False


@admin.register(FamilyLink)
class FamilyLinkAdmin(OfPerson):
    list_display = ["person", "relation", "relative", "since", "until", "verified_at"]
    list_select_related = ["person", "relative"]
    raw_id_fields = ["person", "relative", "verified_by"]


@admin.register(Grant)
class GrantAdmin(OfPerson):
    list_display = ["person", "agent", "scope", "since", "until", "revoked_at"]
    list_select_related = ["person", "agent"]
    raw_id_fields = ["person", "agent", "recorded_by"]


@admin.register(Standing)
class StandingAdmin(OfPerson):
    list_display = ["person", "grade", "source", "valid_from", "valid_until", "repaired_on"]
    list_filter = ["grade"]


class ByHerself(OfPerson):
    """Hers to change, on her own page; here it is looked at."""

    changeable = False


@admin.register(Contact)
class ContactAdmin(ByHerself):
    list_display = ["person", "kind", "since", "ended_at"]
    fields = ["person", "kind", "since", "ended_at"]  # whether, not where


@admin.register(Wishes)
class WishesAdmin(ByHerself):
    list_display = ["person", "first", "without"]


class Reference(Record):
    """Kept by the system administrator, who reads nobody's records; read by whoever reads records. Few rows: counted and sorted."""

    change_list_template, sortable_by, ordering = None, None, ("code",)
    get_changelist = admin.ModelAdmin.get_changelist

    def has_view_permission(self, request, obj=None):
        return super().has_view_permission(request, obj) or scope.holds_anywhere(request.user, "people.reference", timezone.now())

    def has_add_permission(self, request):
        return scope.holds_anywhere(request.user, "people.reference", timezone.now())

    def has_change_permission(self, request, obj=None):
        return scope.holds_anywhere(request.user, "people.reference", timezone.now())


@admin.register(Region)
class RegionAdmin(Reference):
    list_display = ["code", "name", "name_en", "level", "parent"]
    list_filter = ["level"]
    search_fields = ["code", "name", "name_en"]
    raw_id_fields = ["parent"]


@admin.register(Organisation)
class OrganisationAdmin(Reference):
    list_display = ["code", "name", "kind", "region", "phone"]
    list_filter = ["kind"]
    list_select_related = ["region"]
    search_fields = ["code", "name", "name_en"]
    raw_id_fields = ["region"]


@admin.register(Kiosk)
class KioskAdmin(Reference):
    """Registered, set up and ended on the bureau's own page; here it is looked at."""

    list_display = ["name", "level", "organisation", "set_up_at", "ended_at"]
    list_filter = ["level"]
    list_select_related = ["organisation"]
    ordering = ["-pk"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False
