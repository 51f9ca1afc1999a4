"""What is typed when a key is made."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import Client
from .scopes import SCOPES


class KeyForm(forms.Form):
    """A name for people, where it works, and what it is good for."""

    organisation = forms.ChoiceField(label=_("Hospital"), widget=forms.RadioSelect)
    name = forms.CharField(
        label=_("Name of the system"), max_length=60, help_text=_("So that you know later which key is which, e.g. HIS admission")
    )
    environment = forms.ChoiceField(
        label=_("Where it works"),
        widget=forms.RadioSelect,
        initial=Client.Environment.SANDBOX,
        choices=[
            (Client.Environment.SANDBOX, _("sandbox: made-up people, for trying things out")),
            (Client.Environment.LIVE, _("live: real people")),
        ],
    )
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"), choices=list(SCOPES.items()), widget=forms.CheckboxSelectMultiple, help_text=_("As little as it needs")
    )
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args, organisations, **kwargs):
        super().__init__(*args, **kwargs)
        self.places = {str(one.pk): one for one in organisations}
        self.fields["organisation"].choices = [(pk, str(one)) for pk, one in self.places.items()]
        if len(self.places) == 1:
            self.fields["organisation"].widget = forms.HiddenInput()
            self.fields["organisation"].initial = next(iter(self.places))

    def inputs(self) -> dict:
        """What keys.make gets."""
        return self.cleaned_data | {"organisation": self.places[self.cleaned_data["organisation"]]}
