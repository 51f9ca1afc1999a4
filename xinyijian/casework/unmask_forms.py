"""Why somebody must see a masked value in full."""

from django import forms
from django.utils.translation import gettext_lazy as _

from xinyijian.people import unmasking


class UnmaskForm(forms.Form):
    """Which value, for which reason of the closed list, and in a few words what for."""

    what = forms.ChoiceField(label=_("What"), widget=forms.RadioSelect)
    reason = forms.ChoiceField(label=_("Reason"), choices=unmasking.REASONS.items(), widget=forms.RadioSelect)
    because = forms.CharField(
        label=_("What exactly is it needed for?"),
        help_text=_("Stays on record, and the person can read it. Write no numbers here."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args, values, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["what"].choices = [(code, word) for code, (word, value) in values.items() if value]

    def clean(self):
        """The explanation is measured together with its reason."""
        data = super().clean()
        if "reason" in data and "because" in data:
            try:
                data["because"] = unmasking.explained(data["reason"], data["because"])
            except forms.ValidationError as wrong:
                self.add_error("because", wrong)
        return data
