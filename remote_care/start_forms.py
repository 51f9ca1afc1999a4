"""Where a filing begins: for whom, and who stands at the counter."""
import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from xinyijian.people.certificates import CertType, validate

from .draft_forms import LENGTH


class StartForm(forms.Form):
    """For whom? With a single-use key, so that two presses are one filing."""

    person = forms.ChoiceField(label=_("For whom is the filing?"), widget=forms.RadioSelect,
                               error_messages={"required": _("Choose for whom you file."),
                                               "invalid_choice": _("You may not file for this person.")})
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    ASKED = {  # in the words of each entry (S3.9, S3.26)
        "portal": _("For yourself, or for somebody else?"),
        "national_app": _("For yourself (as a rule), or for somebody else?"),
    }

    def __init__(self, *args, people, entry="", **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].label = self.ASKED.get(entry, self.fields["person"].label)
        self.people = {str(person.pk): person for person, _words in people}
        self.fields["person"].choices = [(pk, words) for pk, (_person, words) in zip(self.people, people, strict=True)]
        self.initial |= {"key": uuid.uuid4(), "person": next(iter(self.people), None)}

    def start_key(self, user, entry) -> uuid.UUID:
        """One key for one user, one person and one entry, so that a page gone back to does not open the other's filing."""
        return uuid.uuid5(self.cleaned_data["key"] or uuid.uuid4(), f"{user.pk} {self.cleaned_data['person']} {entry}")


class FindForm(forms.Form):
    """Somebody at the counter shows a certificate."""

    cert_type = forms.ChoiceField(label=_("Certificate"), choices=CertType, initial=CertType.ID_CARD)
    number = forms.CharField(label=_("Number"), max_length=40, error_messages=LENGTH,
                             help_text=_("The whole number, as it stands on the certificate"),
                             widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}))

    def clean(self):
        if "number" in self.cleaned_data and "cert_type" in self.cleaned_data:
            try:
                self.cleaned_data["number"] = validate(self.cleaned_data["number"], self.cleaned_data["cert_type"])
            except ValidationError as wrong:
                self.add_error("number", wrong)
        return self.cleaned_data
