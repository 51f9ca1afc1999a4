from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .models import Pack, Value
from .services import check


class PlaceForm(forms.Form):
    """Which region and day the public table is for; her own region (else the first) and today unless the address says otherwise."""

    region = forms.ChoiceField(label=_("Region"))
    on = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, data, *, today, home=""):
        title = "title_en" if get_language() == "en" else "title"
        places = list(Pack.objects.order_by("region").values_list("region", title))
        places.sort(key=lambda place: not _covers(place[0], home))
        first = places[0][0] if places else ""
        super().__init__({"region": data.get("region") or first, "on": data.get("on") or today})
        self.fields["region"].choices = places


def _covers(region, home):
    """Whether the values of a region hold in that place: 430000 covers 439901."""
    return bool(home) and home.startswith(region.rstrip("0"))


class ValueForm(forms.ModelForm):
    """A value by an officer's hand; the reason goes into the history."""

    because = forms.CharField(label=_("Reason"), max_length=300, help_text=_("Stays in the history."))

    class Meta:
        model = Value
        fields = ["service", "name", "region", "content", "grade", "reference", "note", "note_en", "valid_from", "valid_until"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            self.instance.in_force = False  # a draft, until a second officer agrees

    def _get_validation_exclusions(self):
        """The constraint on overlapping times reads fields that an edit does not show."""
        return super()._get_validation_exclusions() - {"service", "name", "region", "in_force"}

    def clean(self):
        data = super().clean()
        service = data.get("service", self.instance.service)
        name = data.get("name", self.instance.name)
        if "content" in data and service and name:
            try:
                check(service, name, data["content"])
            except forms.ValidationError as wrong:
                self.add_error("content", wrong)
        return data
