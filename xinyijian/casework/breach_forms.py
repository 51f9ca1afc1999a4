"""What an officer types to record or to lift a broken promise."""
from django import forms
from django.utils.translation import gettext_lazy as _

from xinyijian.people.unmasking import NUMBER

WHY = forms.Textarea(attrs={"rows": 2})


class _Because(forms.Form):
    because = forms.CharField(label=_("Reason, in plain words"), widget=WHY, min_length=4, max_length=400,
                              help_text=_("The person reads this"))

    def clean_because(self):
        if NUMBER.search(text := " ".join(self.cleaned_data["because"].split())):
            raise forms.ValidationError(_("Write no certificate or phone number here: the reason is kept in clear."), code="number")
        return text


class RecordForm(_Because):
    """For which case, and what was found."""

    number = forms.CharField(label=_("Case number"), max_length=32)
    field_order = ["number", "because"]


class LiftForm(_Because):
    """Why it no longer stands."""
