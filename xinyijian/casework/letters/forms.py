from django import forms
from django.utils.translation import gettext_lazy as _


class CodeForm(forms.Form):
    """Number and code of a letter, typed by hand; whether they fit is said on the next page."""

    number = forms.CharField(
        label=_("Number of the letter"),
        max_length=60,
        help_text=_("It stands at the top, for example RC439901-261123-K7Q4MXBT."),
        error_messages={"required": _("Type the number that stands at the top of the letter")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        help_text=_("Twelve letters and digits beside the QR code."),
        error_messages={"required": _("Type the code that stands beside the QR code")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )

    def token(self) -> str:
        """Both as one part of an address."""
        return "".join(c if c.isalnum() else "-" for c in f"{self.cleaned_data['number']}-{self.cleaned_data['code']}")
