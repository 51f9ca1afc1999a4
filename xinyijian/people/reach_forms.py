from django import forms
from django.utils.translation import gettext_lazy as _

WAYS = [("wechat", _("WeChat")), ("sms", _("text message")), ("email", _("e-mail"))]


class EmailForm(forms.Form):
    """The mailbox to which a code goes."""

    address = forms.EmailField(
        label=_("Your e-mail address"), max_length=254, help_text=_("We send a code there."),
        error_messages={"required": _("Enter your e-mail address"), "invalid": _("Enter an e-mail address, for example name@example.com.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}))


class MailCodeForm(forms.Form):
    """The code from the mail."""

    code = forms.RegexField(
        r"^\s*\d{6}\s*$", label=_("Code from the e-mail"), max_length=12,
        error_messages={"required": _("Enter the six digits from the e-mail"), "invalid": _("Enter the six digits from the e-mail")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}))


class WishForm(forms.Form):
    """Which way first, and which not at all."""

    first = forms.ChoiceField(
        label=_("Try this first"), required=False, widget=forms.RadioSelect, choices=[("", _("as the bureau does")), *WAYS])
    without = forms.MultipleChoiceField(
        label=_("Do not use"), required=False, widget=forms.CheckboxSelectMultiple, choices=WAYS,
        help_text=_("The portal always shows every message, and we phone or write when nothing else reaches you."))

    def clean(self):
        data = super().clean()
        if data.get("first") and data["first"] in data.get("without", ()):
            self.add_error("first", _("You cannot put a way first and leave it out as well"))
        return data
