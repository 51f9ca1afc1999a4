from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class Sample(forms.Form):
    """One question of each kind."""

    name = forms.CharField(label=_("Name"), help_text=_("As it stands on the identity card."))
    born = forms.DateField(label=_("Date of birth"), widget=forms.DateInput(attrs={"type": "date", "class": "short"}))
    city = forms.ChoiceField(label=_("City of treatment"), choices=[("", _("Please choose")), ("320100", "南京市"), ("320500", "苏州市")])
    paper = forms.ChoiceField(
        label=_("What shows that you live there?"),
        help_text=_("One of these is enough."),
        choices=[("permit", _("Residence permit")), ("promise", _("My written promise"))],
        widget=forms.RadioSelect,
    )
    why = forms.CharField(label=_("Anything else we should know"), required=False, widget=forms.Textarea)
    scan = forms.FileField(label=_("Photo of the paper"), help_text=_("JPEG, PNG or PDF, at most 10 MB."), required=False)
    read = forms.BooleanField(label=_("I have read the notice and understand it"))

    def clean_name(self):
        if len(self.cleaned_data["name"]) < 2:
            raise ValidationError(_("Please type the whole name."))
        return self.cleaned_data["name"]

    def clean_born(self):
        if self.cleaned_data["born"].year > 2026:
            raise ValidationError(_("This day is still to come."))
        return self.cleaned_data["born"]
