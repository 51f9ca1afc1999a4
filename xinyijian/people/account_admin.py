"""Users, their posts, phones and bindings in Django's admin: a superuser's, and never her own. Daily work is done on the staff pages."""
from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .models import Binding, Phone, Post, User
from .record_admin import SuperuserOnly


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
