"""What is typed at a hospital's desk."""
import uuid
from datetime import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from xinyijian.casework.numbers import is_valid
from xinyijian.forms import TOO_LONG
from xinyijian.people.certificates import CertType, tidy, validate

from .lookups import PURPOSES
from .models import Cause

LENGTH = {"max_length": TOO_LONG}
PLAIN = {"autocomplete": "off", "spellcheck": "false"}
WAYS = {"certificate": _("Certificate"), "number": _("Insurance number"), "code": _("Code on the phone")}
NAME = {"label": _("Name"), "max_length": 60, "error_messages": LENGTH, "help_text": _("As it stands on the certificate")}


class CertificateFields(forms.Form):
    """Certificate and name, as somebody shows them."""

    cert_type = forms.ChoiceField(label=_("Certificate"), choices=CertType, initial=CertType.ID_CARD)
    number = forms.CharField(label=_("Number"), max_length=40, error_messages=LENGTH, widget=forms.TextInput(attrs=PLAIN))
    name = forms.CharField(widget=forms.TextInput(attrs=PLAIN), **NAME)

    def clean(self):
        cleaned = super().clean()
        if "number" in cleaned and "cert_type" in cleaned:
            try:
                cleaned["number"] = validate(cleaned["number"], cleaned["cert_type"])
            except ValidationError as wrong:
                self.add_error("number", wrong)
        return cleaned


class PurposeField(forms.ChoiceField):
    def __init__(self):
        super().__init__(label=_("What for?"), choices=PURPOSES, help_text=_("Every search is on record, with its purpose."))


class ByCertificate(CertificateFields):
    way = "certificate"
    purpose = PurposeField()


class ByNumber(forms.Form):
    way = "number"
    psn_no = forms.CharField(label=_("Insurance number"), max_length=30, error_messages=LENGTH, widget=forms.TextInput(attrs=PLAIN))
    name = forms.CharField(widget=forms.TextInput(attrs=PLAIN), **NAME)
    purpose = PurposeField()

    def clean_psn_no(self):
        return tidy(self.cleaned_data["psn_no"])


class ByCode(forms.Form):
    way = "code"
    code = forms.CharField(label=_("Code on the phone"), max_length=200, error_messages=LENGTH, widget=forms.TextInput(attrs=PLAIN),
                           help_text=_("Scan or type what the insurance code shows. It is good for one minute and once."))
    purpose = PurposeField()


CHECKS = {form.way: form for form in (ByCertificate, ByNumber, ByCode)}


class OpenForm(forms.Form):
    """A case for somebody who is present and agrees."""

    kind = forms.ChoiceField(label=_("What is asked?"), widget=forms.RadioSelect)
    sms_code = forms.CharField(label=_("The six digits from the message"), max_length=12, required=False, error_messages=LENGTH,
                               widget=forms.TextInput(attrs=PLAIN | {"inputmode": "numeric", "class": "code"}))
    voucher = forms.CharField(label=_("Or the code of the insurance code"), max_length=200, required=False, error_messages=LENGTH,
                              widget=forms.TextInput(attrs=PLAIN))
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, kinds, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = list(kinds.items())
        self.initial |= {"key": uuid.uuid4(), "kind": next(iter(kinds), None)}


class CountForm(forms.Form):
    count = forms.IntegerField(label=_("How many sheets?"), min_value=1, max_value=50, initial=10,
                               widget=forms.NumberInput(attrs={"class": "short"}))


class SheetForm(CertificateFields):
    """What stands on a sheet."""

    sheet = forms.CharField(label=_("Number of the sheet"), max_length=40, error_messages=LENGTH,
                            help_text=_("At the top of the sheet, for example DT439901-261123-K7Q4MXBT"),
                            widget=forms.TextInput(attrs=PLAIN | {"autocapitalize": "characters"}))
    on = forms.DateField(label=_("Day on the sheet"), help_text=_("When the patient truly asked"),
                         widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "short"}))
    time = forms.TimeField(label=_("Time on the sheet"), widget=forms.TimeInput(format="%H:%M", attrs={"type": "time", "class": "short"}))
    kind = forms.ChoiceField(label=_("What is asked?"), widget=forms.RadioSelect)
    cause = forms.ChoiceField(label=_("Why is it entered late?"), choices=Cause, widget=forms.RadioSelect)
    because = forms.CharField(label=_("In a few words"), max_length=200, error_messages=LENGTH,
                              help_text=_("What was down and since when. It stands in the record."))
    signed = forms.BooleanField(label=_("The patient, or the family, has signed the sheet, and we keep it"),
                                error_messages={"required": _("Without a signature nothing can be entered for her.")})
    field_order = ["sheet", "on", "time", "cert_type", "number", "name", "kind", "cause", "because", "signed"]

    def __init__(self, *args, kinds, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = list(kinds.items())
        self.initial.setdefault("kind", next(iter(kinds), None))

    def clean_sheet(self):
        number = self.cleaned_data["sheet"].strip().upper()
        if not is_valid(number):
            raise ValidationError(_("This number is mistyped: its last character does not fit."), code="sheet_number")
        return number

    def clean(self):
        cleaned = super().clean()
        if "on" in cleaned and "time" in cleaned:
            cleaned["occurred_at"] = timezone.make_aware(datetime.combine(cleaned["on"], cleaned["time"]))
        return cleaned
