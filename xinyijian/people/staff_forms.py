"""What an administrator of staff may type; no other field of an account is ever set from a form."""
import re

from django import forms
from django.contrib.auth.forms import SetPasswordForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from xinyijian.forms import TOO_LONG

from .find import tidy_phone
from .models import Role, User

LENGTH = {"max_length": TOO_LONG}
PLAIN = {"autocomplete": "off", "spellcheck": "false"}


def role_choices(roles):
    """The roles that may be given, in words."""
    return [(role, Role(role).label) for role in roles]


class AccountForm(forms.Form):
    """Somebody new."""

    username = forms.CharField(label=_("User name"), max_length=40, error_messages=LENGTH, widget=forms.TextInput(attrs=PLAIN),
                               help_text=_("Small letters, digits, dots and dashes; it cannot be changed later."))
    name = forms.CharField(label=_("Name"), max_length=60, error_messages=LENGTH, widget=forms.TextInput(attrs=PLAIN))
    phone = forms.CharField(label=_("Phone"), max_length=30, required=False, error_messages=LENGTH,
                            widget=forms.TextInput(attrs={"inputmode": "tel", "class": "short", **PLAIN}))
    role = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect)

    def __init__(self, *args, roles, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = role_choices(roles)

    def clean_username(self):
        name = self.cleaned_data["username"].strip().lower()
        if not re.fullmatch(r"[a-z0-9][a-z0-9.-]{2,39}", name):
            raise ValidationError(_("At least three small letters, digits, dots or dashes."), code="username")
        if User.objects.filter(username=name).exists():
            raise ValidationError(_("This user name is taken. Choose another one."), code="taken")
        return name

    def clean_phone(self):
        phone = tidy_phone(self.cleaned_data["phone"])
        if phone and not re.fullmatch(r"1[0-9]{10}", phone):
            raise ValidationError(_("A mobile number has 11 digits and begins with 1."), code="phone_format")
        return phone


class RoleForm(forms.Form):
    """One more post."""

    role = forms.ChoiceField(label=_("Role"))

    def __init__(self, *args, roles, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = role_choices(roles)


class NewPasswordForm(SetPasswordForm):
    """Her own password instead of the temporary one."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["new_password1"].label, self.fields["new_password2"].label = _("New password"), _("The same again")
        self.fields["new_password1"].help_text = _("At least ten characters, not a common word and not your user name.")
        self.fields["new_password2"].help_text = ""
