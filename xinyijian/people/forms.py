import re

from django import forms
from django.contrib.auth.forms import AuthenticationForm, SetPasswordForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from xinyijian.forms import TOO_LONG

from .find import tidy_phone, user_name_of


class PhoneForm(forms.Form):
    """Whom to send a code to."""

    phone = forms.CharField(
        label=_("Your mobile number"),
        max_length=30,
        error_messages={"max_length": TOO_LONG},
        help_text=_("We send you a text message with a code of six digits."),
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel", "class": "short"}),
    )

    def clean_phone(self):
        phone = tidy_phone(self.cleaned_data["phone"])
        if not re.fullmatch(r"1[0-9]{10}", phone):
            raise ValidationError(_("A mobile number has 11 digits and begins with 1."), code="phone_format")
        return phone


class CodeForm(forms.Form):
    """The code that came."""

    code = forms.CharField(
        label=_("The six digits from the message"),
        max_length=12,
        error_messages={"max_length": TOO_LONG},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "class": "code"}),
    )

    def clean_code(self):
        code = tidy_phone(self.cleaned_data["code"])
        if not re.fullmatch(r"[0-9]{6}", code):
            raise ValidationError(_("The code has six digits."), code="code_format")
        return code


class SecondForm(forms.Form):
    """Six digits of an authenticator, or a backup code."""

    code = forms.CharField(
        label=_("The six digits from your app"),
        max_length=30,
        error_messages={"max_length": TOO_LONG},
        widget=forms.TextInput(attrs={"inputmode": "text", "autocomplete": "one-time-code", "class": "code", "autofocus": True}),
    )


class UserField(forms.ModelChoiceField):
    def label_from_instance(self, user):
        return user.get_short_name()


class ChooseForm(forms.Form):
    """Which of the people who share a phone is here."""

    user = UserField(None, label=_("Who are you?"), widget=forms.RadioSelect, empty_label=None)

    def __init__(self, *args, users, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = users


class PasswordForm(AuthenticationForm):
    """User name and password; one answer for everything that does not fit."""

    error_messages = {
        "invalid_login": _("This user name and password do not fit together. Please check both."),
        "inactive": _("This user name and password do not fit together. Please check both."),
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("User name, or certificate number")
        self.fields["password"].label = _("Password")

    def clean_username(self):
        """Under which user name the password is tried and its wrong tries are counted; one query, whatever was typed."""
        return user_name_of(self.cleaned_data["username"])


class NewPasswordForm(SetPasswordForm):
    """A new password, twice; staff also give the one they have."""

    old_password = forms.CharField(
        label=_("Your present password"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    field_order = ["old_password", "new_password1", "new_password2"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["new_password1"].label = _("New password")
        self.fields["new_password1"].help_text = _("At least 10 characters, and not one that many people use.")
        self.fields["new_password2"].label, self.fields["new_password2"].help_text = _("The same again"), ""
        if not self.user.is_staff:
            del self.fields["old_password"]  # she has just signed in; who forgot it did so by a code

    def clean_old_password(self):
        if not self.user.check_password(self.cleaned_data["old_password"]):
            raise ValidationError(_("This is not your present password."), code="wrong_password")
        return self.cleaned_data["old_password"]
