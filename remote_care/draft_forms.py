"""The questions of the filing form. A form here never throws away what was typed: see `answers` and `mistyped`."""
import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _

from xinyijian.casework.days import day_of
from xinyijian.forms import TOO_LONG
from xinyijian.people.find import tidy_phone

from .drafts import mistyped_of
from .models import Filing
from .places import cities_away_from
from .states import LONG

DAYS = ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d"]
LENGTH = {"max_length": TOO_LONG}
LONGEST = 2000  # characters kept of something that was not understood
PHONE = re.compile(r"1\d{10}|0\d{9,11}|[2-9]\d{6,7}")


class DayInput(forms.DateInput):
    """The browser's calendar; a plain line when what was typed is no day, because the calendar would hide it."""

    input_type = "date"

    def __init__(self):
        super().__init__(format="%Y-%m-%d", attrs={"class": "short"})

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        shown = context["widget"]["value"]
        if shown and not _is_day(shown):
            context["widget"]["type"] = "text"
        return context


def _is_day(text):
    try:
        return parse_date(text) is not None
    except ValueError:
        return False


class DayField(forms.DateField):
    widget = DayInput

    def __init__(self, **more):
        wrong = _("Write the day as year-month-day, for example 2024-03-01.")
        super().__init__(input_formats=DAYS, error_messages={"invalid": wrong}, **more)


class DraftForm(forms.Form):
    """Questions about fields of a filing; `columns` where the field is named otherwise."""

    columns = {}

    def __init__(self, data=None, files=None, *, filing, by, at):
        self.filing, self.by, self.at = filing, by, at
        shown = {name: self.shown(name) for name in self.base_fields}
        if data is None and mistyped_of(filing).keys() & {self.column(name) for name in self.base_fields}:
            data = {name: "" if value is None else value for name, value in shown.items()}  # bound, so that it says what is wrong
        super().__init__(data, files, initial=shown)

    def column(self, name) -> str:
        return self.columns.get(name, name)

    def shown(self, name):
        """What stands in the field when the page opens: what was typed, understood or not."""
        column = self.column(name)
        return mistyped_of(self.filing).get(column, getattr(self.filing, column))

    @property
    def answers(self) -> dict:
        """By column, what was understood; nothing (None or "") where it was not. Questions that were not posted are not answered."""
        posted = [name for name in self.fields if name in self.data]
        return {self.column(name): self.cleaned_data.get(name) or self._nothing(name) for name in posted}

    @property
    def mistyped(self) -> dict:
        """By column, what was typed and not understood."""
        typed = {name: str(self.data[name])[:LONGEST] for name in self.errors if name in self.data}
        return {self.column(name): text for name, text in typed.items() if text.strip()}

    def _nothing(self, name):
        return Filing._meta.get_field(name).get_default()


class WhereForm(DraftForm):
    columns = {"place": "place_id"}

    place = forms.ChoiceField(label=_("City of care"), error_messages={"invalid_choice": _("Choose a city from the list.")})
    start_on = DayField(label=_("The filing starts on"), help_text=_("Today, if you do not change it"))
    resident_since = DayField(label=_("You have lived there since"), required=False,
                              help_text=_("About the day is enough. It is needed if you have no proof of residence yet."))

    def __init__(self, *args, like="", **kwargs):
        super().__init__(*args, **kwargs)
        home, keep = self.filing.region_id, self.filing.place_id or ""
        if self.filing.occasion != Filing.Occasion.PLANNED:
            del self.fields["start_on"]  # of a stay that has begun the admission says it
        if self.filing.type not in LONG:
            del self.fields["resident_since"]
        found = cities_away_from(home, like, keep, other_provinces=self.filing.channel == Filing.Channel.NATIONAL)
        self.fields["place"].choices = [("", _("Please choose")), *found]
        matches = [code for _province, cities in found for code, _name in cities if code != keep]
        self.matches = len(matches)
        if like and len(matches) == 1:
            self.initial["place"] = matches[0]

    def clean_resident_since(self):
        since = self.cleaned_data["resident_since"]
        if since and since > day_of(self.at):
            raise ValidationError(_("This day is still to come. Since when have you lived there?"))
        if since and since < self.filing.person.born_on:
            raise ValidationError(_("This day is before the day of birth."))
        return since


class BasisForm(DraftForm):
    basis = forms.ChoiceField(label=_("How do you show that you live there?"), choices=Filing.Basis, widget=forms.RadioSelect)


class ContactForm(DraftForm):
    contact_name = forms.CharField(label=_("Contact person"), max_length=60, error_messages=LENGTH,
                                   help_text=_("Whom we call when there is a question"),
                                   widget=forms.TextInput(attrs={"autocomplete": "name"}))
    contact_phone = forms.CharField(label=_("Phone"), max_length=30, error_messages=LENGTH,
                                    help_text=_("A number that is answered; mobile or landline"),
                                    widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel", "class": "short"}))
    remote_address = forms.CharField(label=_("Detailed address at the place of care"), max_length=200, error_messages=LENGTH,
                                     help_text=_("Street, number, building and flat"),
                                     widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "street-address"}))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["remote_address"].required = self.filing.params().detailed_address and self.filing.type in LONG
        for name, known in self._known().items():
            self.initial[name] = self.initial[name] or known

    def _known(self):
        """Nobody is asked for what we know: the relative who files, or the person."""
        one = self.by.person or self.filing.person
        return {"contact_name": one.name, "contact_phone": one.phone}

    def clean_contact_phone(self):
        number = tidy_phone(self.cleaned_data["contact_phone"])
        if not PHONE.fullmatch(number):
            raise ValidationError(_("This is not a phone number that we can call. A mobile number has 11 digits."))
        return number

    def clean_remote_address(self):
        address = self.cleaned_data["remote_address"]
        if address and len(address) < 6:
            raise ValidationError(_("Please write the whole address: street, number, building and flat."))
        return address


class NoticeForm(forms.Form):
    read = forms.BooleanField(label=_("I have read this notice"),
                              error_messages={"required": _("Tick this when you have read the notice.")})
    sha256 = forms.CharField(widget=forms.HiddenInput, required=False)
