"""The records of people in Django's admin: masked, bounded by scope, mostly read-only; looking and changing leave events."""
from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from xinyijian import audit

from . import scope
from .certificates import tidy
from .crypto import blind_index
from .find import tidy_phone
from .models import Binding, FamilyLink, Grant, Organisation, Person, Phone, Post, Region, Standing, User

admin.site.unregister(Group)  # what staff may do stands in roles.py


class Record(admin.ModelAdmin):
    """May be read by staff whose role says so, changed by a superuser, deleted by nobody."""

    actions = None
    list_per_page = 50
    show_full_result_count = False
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


@admin.register(Person)
class PersonAdmin(Record):
    """Insured persons come from the roster and are never typed here."""

    changeable = False
    list_display = ["masked_name", "masked_cert", "masked_phone", "psn_no", "region", "insutype"]
    list_filter = ["insutype"]
    list_select_related = ["region"]
    ordering = ["-pk"]
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


class Reference(Record):
    """Kept by the system administrator, who reads nobody's records; read by whoever reads records."""

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


class SuperuserOnly(Record):
    def has_view_permission(self, request, obj=None):
        return request.user.is_active and request.user.is_superuser


class NewUserForm(AdminUserCreationForm):
    class Meta(AdminUserCreationForm.Meta):
        model = User
        fields = ["username", "display_name"]


@admin.register(User)
class PeopleUserAdmin(SuperuserOnly, UserAdmin):
    """Users; nobody changes what she herself may do."""

    add_form = NewUserForm
    list_display = ["username", "is_staff", "is_superuser", "is_active", "last_login"]
    list_filter = ["is_staff", "is_superuser", "is_active"]
    search_fields = ["username"]
    ordering = ["username"]
    filter_horizontal = []
    raw_id_fields = ["person"]
    readonly_fields = ["last_login", "created_at"]
    add_fieldsets = [(None, {"fields": ["username", "display_name", "usable_password", "password1", "password2"]})]
    fieldsets = [(None, {"fields": ["username", "password", "display_name", "language", "person"]}),
                 (_("Rights"), {"fields": ["is_active", "is_staff", "is_superuser"]}),
                 (_("History"), {"fields": ["last_login", "created_at"]})]

    def get_readonly_fields(self, request, obj=None):
        own = ["is_active", "is_staff", "is_superuser", "person"] if obj == request.user else []
        return [*self.readonly_fields, *own]


@admin.register(Phone)
class PhoneAdmin(SuperuserOnly):
    list_display = ["masked_number", "user", "verified_at"]
    raw_id_fields = ["user"]

    def get_fields(self, request, obj=None):
        return ["user", "masked_number" if obj else "number", "verified_at"]

    def get_readonly_fields(self, request, obj=None):
        return ["user", "masked_number"] if obj else []


@admin.register(Binding)
class BindingAdmin(SuperuserOnly):
    """Whom the provincial sign-on means by a subject; never oneself, and only added, since a changed one would be another."""

    list_display = ["user", "issuer", "subject", "bound_at"]
    list_select_related = ["user"]
    raw_id_fields = ["user"]
    fields = ["user", "issuer", "subject"]

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return request.user.is_active and request.user.is_superuser

    def get_form(self, request, obj=None, **kwargs):
        return type("GivenBindingForm", (NotOneself, super().get_form(request, obj, **kwargs)), {"giver": request.user})

    def save_model(self, request, obj, form, change):
        obj.bound_at, obj.bound_by = timezone.now(), request.user
        super().save_model(request, obj, form, change)

    def delete_model(self, request, obj):
        self.note(request, "remove", obj)
        super().delete_model(request, obj)


class NotOneself:
    """Nobody binds a sign-on to her own account."""

    giver = None

    def clean_user(self):
        if self.cleaned_data["user"] == self.giver:
            raise ValidationError(_("You cannot do this for yourself. Ask a colleague."), code="oneself")
        return self.cleaned_data["user"]


class PostForm(forms.ModelForm):
    """A post is given by somebody else."""

    giver = None

    def clean_user(self):
        if self.cleaned_data["user"] == self.giver:
            raise ValidationError(_("You cannot give yourself a post. Ask a colleague."), code="own_post")
        return self.cleaned_data["user"]


@admin.register(Post)
class PostAdmin(SuperuserOnly):
    form = PostForm
    list_display = ["user", "role", "organisation", "principal", "since", "until"]
    list_filter = ["role"]
    list_select_related = ["user", "organisation"]
    raw_id_fields = ["user", "organisation"]
    exclude = ["given_by"]

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or obj.user_id != request.user.pk)

    def get_form(self, request, obj=None, **kwargs):
        return type("GivenPostForm", (super().get_form(request, obj, **kwargs),), {"giver": request.user})

    def save_model(self, request, obj, form, change):
        obj.given_by = request.user
        super().save_model(request, obj, form, change)
