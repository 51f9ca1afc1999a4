"""Why something that ties two people is ended."""
from django import forms
from django.utils.translation import gettext_lazy as _

from .states import CHOSEN_ENDS


class EndTieForm(forms.Form):
    because = forms.ChoiceField(label=_("Why are you ending it?"), widget=forms.RadioSelect)

    def __init__(self, *args, what, spouses, **kwargs):
        super().__init__(*args, **kwargs)
        shown = [one for one in CHOSEN_ENDS.items() if one[0] != "divorce" or (what == "link" and spouses)]
        self.fields["because"].choices = shown
        self.initial["because"] = shown[0][0]
