"""What is typed about self-service machines."""
from django import forms
from django.utils.translation import gettext_lazy as _

from xinyijian.forms import TOO_LONG

from .models import Kiosk

PLAIN = {"autocomplete": "off", "spellcheck": "false"}
LENGTH = {"max_length": TOO_LONG}


class SetUpForm(forms.Form):
    code = forms.CharField(label=_("Code of the machine"), max_length=40, error_messages=LENGTH, widget=forms.TextInput(attrs=PLAIN),
                           help_text=_("Twelve letters and digits that your bureau was shown when it registered the machine"))


class KioskForm(forms.Form):
    """A new machine of a bureau."""

    organisation = forms.ModelChoiceField(queryset=None, label=_("Answered for by"), empty_label=None)
    level = forms.ChoiceField(label=_("Where it stands"), choices=Kiosk.Level, widget=forms.RadioSelect, initial=Kiosk.Level.COUNTY)
    name = forms.CharField(label=_("Place"), max_length=60, error_messages=LENGTH, widget=forms.TextInput(attrs=PLAIN),
                           help_text=_("As people know it; it stands on the screen and in every case begun there"))

    def __init__(self, *args, organisations, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations
        if len(organisations) == 1:
            self.fields["organisation"].initial, self.fields["organisation"].widget = organisations[0], forms.HiddenInput()
