"""Asking for a family link: who the other side is, and the proof."""
import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from xinyijian.forms import TOO_LONG
from xinyijian.people import certificates
from xinyijian.people.certificates import CertType
from xinyijian.people.models import Relation

from .papers import name_of

ACCEPT = {"accept": "image/jpeg,image/png,image/webp,application/pdf"}
DAYS = ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d"]


class OtherForm(forms.Form):
    """Somebody is named by name and certificate number together; nothing here says whether there is such a person."""

    name = forms.CharField(label=_("The other person's full name"), max_length=60, error_messages={"max_length": TOO_LONG},
                           widget=forms.TextInput(attrs={"autocomplete": "off"}))
    cert_type = forms.ChoiceField(label=_("Certificate"), choices=CertType, initial=CertType.ID_CARD)
    cert_number = forms.CharField(label=_("The other person's certificate number"), max_length=40, error_messages={"max_length": TOO_LONG},
                                  widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}))

    def clean(self):
        data = super().clean()
        if "cert_number" in data and "cert_type" in data:
            try:
                data["cert_number"] = certificates.validate(data["cert_number"], data["cert_type"])
            except ValidationError as wrong:
                self.add_error("cert_number", wrong)
        return data


class AskForm(OtherForm):
    """For whom, which relation, with whom."""

    person = forms.ChoiceField(label=_("Who is this family link for?"), widget=forms.RadioSelect)
    relation = forms.ChoiceField(label=_("How is the other person related to them?"), choices=Relation, widget=forms.RadioSelect)
    born_on = forms.DateField(label=_("The other person's date of birth"), required=False, input_formats=DAYS,
                              help_text=_("Only needed if the certificate number does not contain it, for example 1988-04-12"),
                              widget=forms.TextInput(attrs={"class": "short"}))
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    field_order = ["person", "relation", "name", "cert_type", "cert_number", "born_on"]

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person, _words in people}
        self.fields["person"].choices = [(str(person.pk), words) for person, words in people]
        self.initial |= {"key": uuid.uuid4(), "person": next(iter(self.people), None)}

    def clean(self):
        data = super().clean()
        if data.get("cert_type") in certificates.CHECKED and "cert_number" in data and not self.errors:
            data["born_on"] = certificates.born_on(data["cert_number"])
        elif data.get("cert_type") not in certificates.CHECKED and not data.get("born_on") and "born_on" not in self.errors:
            self.add_error("born_on", _("Please enter the date of birth: this kind of certificate number does not contain it."))
        person = self.people.get(data.get("person"))
        if person and (person.cert_number, person.cert_type) == (data.get("cert_number"), data.get("cert_type")):
            self.add_error("cert_number", _("This is the person's own certificate. Please enter the other person's."))
        return data

    def inputs(self, user) -> dict:
        """For services.open_link; one key for one user and one content, so that two presses are one request."""
        data = self.cleaned_data
        mark = f"{user.pk} {data['person']} {data['cert_number']} {data['relation']}"
        return {"relation": data["relation"], "name": data["name"], "cert_number": data["cert_number"], "cert_type": data["cert_type"],
                "born_on": data.get("born_on"), "key": uuid.uuid5(data["key"] or uuid.uuid4(), mark)}


class ProofForm(forms.Form):
    kind = forms.ChoiceField(label=_("Which paper is it?"), widget=forms.RadioSelect)
    file = forms.FileField(label=_("Photo or PDF"), help_text=_("JPEG, PNG, WebP or PDF, at most 10 MB; a phone photo is enough"),
                           widget=forms.FileInput(attrs=ACCEPT))

    def __init__(self, *args, kinds, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind, name_of(kind)) for kind in kinds]
        self.initial["kind"] = kinds[0]
