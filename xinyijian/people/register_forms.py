"""What is typed to open an account, online and at the counter."""
from django import forms
from django.utils.translation import gettext_lazy as _

from xinyijian.forms import TOO_LONG

from . import certificates
from .certificates import CertType
from .forms import PhoneForm
from .registration import CHILD, Claim, is_child_anywhere


class ClaimForm(forms.Form):
    """Name and certificate, as they are printed."""

    name = forms.CharField(
        label=_("Name"), max_length=50, error_messages={"max_length": TOO_LONG}, help_text=_("As printed on the certificate"),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    cert_type = forms.ChoiceField(label=_("Kind of certificate"), choices=CertType.choices, initial=CertType.ID_CARD)
    cert_number = forms.CharField(
        label=_("Certificate number"), max_length=40, error_messages={"max_length": TOO_LONG},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args, on=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.on = on

    def clean(self):
        """The number fits its kind; a child is told at once, from what the number itself says."""
        data = super().clean()
        if data.get("cert_number") and data.get("cert_type"):
            try:
                data["cert_number"] = certificates.validate(data["cert_number"], data["cert_type"])
            except forms.ValidationError as error:
                self.add_error("cert_number", error)
        if not self.errors and self._is_of_a_child(data):
            self.add_error("cert_type", CHILD)
        return data

    def _is_of_a_child(self, data):
        if data["cert_type"] == CertType.BIRTH:
            return True
        return data["cert_type"] in certificates.CHECKED and is_child_anywhere(certificates.born_on(data["cert_number"]), self.on)

    @property
    def claim(self) -> Claim:
        return Claim(self.cleaned_data["name"].strip(), self.cleaned_data["cert_type"], self.cleaned_data["cert_number"])


CONSENT = _("I agree that my name, certificate number and phone are used to open and protect my account, and for nothing else.")


class RegisterForm(ClaimForm, PhoneForm):
    """Online: with her phone and her consent."""

    agree = forms.BooleanField(label=CONSENT, error_messages={"required": _("Without this consent no account can be opened.")})

    field_order = ["name", "cert_type", "cert_number", "phone", "agree"]


class OpenForm(forms.Form):
    """Whom the e-voucher named opens her account."""

    agree = forms.BooleanField(label=CONSENT, error_messages={"required": _("Without this consent no account can be opened.")})


class CounterForm(ClaimForm, PhoneForm):
    """At the counter: the clerk types what she sees."""

    seen = forms.BooleanField(
        label=_("I hold the original certificate in my hand and have compared it with the person"),
        error_messages={"required": _("Without the original certificate no account is opened at the counter.")},
    )

    field_order = ["name", "cert_type", "cert_number", "phone", "seen"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        phone = self.fields["phone"]
        phone.required, phone.label = False, _("Her mobile number")
        phone.help_text = _("May stay empty. It counts once the code that arrives there is read out to you.")

    def clean_phone(self):
        return super().clean_phone() if self.cleaned_data["phone"].strip() else ""


class VoucherForm(forms.Form):
    """The digits under the e-voucher's picture."""

    voucher = forms.CharField(
        label=_("The digits of your insurance code"),
        max_length=60,
        error_messages={"max_length": TOO_LONG},
        help_text=_("Open the e-voucher in the insurance app; the digits stand under the picture and change every minute."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def clean_voucher(self):
        code = certificates.tidy(self.cleaned_data["voucher"])
        if not (code.isascii() and code.isalnum()):
            raise forms.ValidationError(_("Enter the digits as they stand under the picture."), code="voucher_format")
        return code
