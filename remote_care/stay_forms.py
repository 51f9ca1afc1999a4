"""The questions of the filing form about the type, a stay that has begun, and a referral."""
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from xinyijian.casework.days import day_of
from xinyijian.people.models import Organisation

from .draft_forms import LENGTH, DayField, DraftForm
from .models import Filing
from .states import CATEGORIES, LEVELS, level_of

Type, Occasion = Filing.Type, Filing.Occasion


class TypeForm(DraftForm):
    """S3.12: the types of the region, long-term first."""

    type = forms.ChoiceField(label=_("Which of these fits?"), widget=forms.RadioSelect,
                             error_messages={"required": _("Choose the one that fits.")})

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        offered = self.filing.params().types
        groups = [(word, [(one.value, one.label) for one in types if one in offered]) for word, types in CATEGORIES]
        self.fields["type"].choices = [group for group in groups if group[1]]


class CareForm(DraftForm):
    """S0.13, S0.14: whether care there has begun; an emergency has."""

    occasion = forms.ChoiceField(label=_("Is somebody in hospital there already?"), choices=Occasion, widget=forms.RadioSelect)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.filing.type == Type.EMERGENCY:
            self.fields["occasion"].choices = [pair for pair in Occasion.choices if pair[0] != Occasion.PLANNED]


class MomentField(forms.DateTimeField):
    def __init__(self, **more):
        wrong = _("Write day and time as year-month-day hour:minute, for example 2026-03-01 10:30.")
        formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M", "%Y-%m-%d"]
        widget = forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local", "class": "short"})
        super().__init__(input_formats=formats, error_messages={"invalid": wrong}, widget=widget, **more)


class StayForm(DraftForm):
    """Where and from when; a hospital that works with this portal gets the filing among its tasks."""

    columns = {"care_organisation": "care_organisation_id"}

    care_organisation = forms.TypedChoiceField(label=_("Hospital"), required=False, coerce=int, empty_value=None)
    care_hospital = forms.CharField(label=_("Name of the hospital"), max_length=100, required=False, error_messages=LENGTH,
                                    help_text=_("As it stands on the admission paper"))
    admitted_on = DayField(label=_("Admitted on"))
    discharge_at = MomentField(label=_("Discharge"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        near = Organisation.objects.filter(kind=Organisation.Kind.HOSPITAL, region__pk__startswith=(self.filing.place_id or "-")[:4])
        known = [(one.pk, str(one)) for one in near]
        self.fields["care_organisation"].choices = [("", _("Another hospital: its name is below")), *known]
        if not known:
            del self.fields["care_organisation"]
            self.fields["care_hospital"].required = True
        over = self.filing.occasion == Occasion.PAID
        self.fields["discharge_at"].required = over
        self.fields["discharge_at"].help_text = _("When the stay ended") if over else _("When it is expected, if you know it")

    def clean_admitted_on(self):
        day = self.cleaned_data["admitted_on"]
        if day and day > day_of(self.at):
            raise ValidationError(_("This day is still to come."))
        return day

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("care_organisation") and not cleaned.get("care_hospital") and "care_hospital" not in self.errors:
            self.add_error("care_hospital", _("Write which hospital it is."))
        first, last = cleaned.get("admitted_on"), cleaned.get("discharge_at")
        if first and last and day_of(last) < first:
            self.add_error("discharge_at", _("This is before the admission."))
        return cleaned


class ReferralForm(DraftForm):
    """S3.21: who fills in and stamps the form."""

    referral_hospital = forms.CharField(label=_("Hospital that refers"), max_length=100, error_messages=LENGTH,
                                        help_text=_("It fills in and stamps the form for care elsewhere"))
    referral_level = forms.TypedChoiceField(label=_("Its level"), coerce=int, empty_value=None, widget=forms.RadioSelect,
                                            choices=[pair for pair in LEVELS if pair[0]])

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        office = self.filing.organisation
        if office and self.filing.channel == Filing.Channel.HOSPITAL and not self.filing.referral_hospital:
            self.initial |= {"referral_hospital": str(office), "referral_level": level_of(office.hosp_lv)}
