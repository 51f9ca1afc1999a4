"""What an auditor asks for."""

from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from xinyijian.casework.days import day_of, end_of, start_of
from xinyijian.casework.models import Docket
from xinyijian.people import find
from xinyijian.people.models import User
from xinyijian.people.unmasking import NUMBER

from .named import kinds_named, verbs_named
from .trail import Wish

AS_LISTED = _("A word as it stands in the list, or the small code under it.")
LONGEST = 366  # days of one search
REASONS = {
    "plan": _("an audit that is planned"),
    "complaint": _("a complaint"),
    "superior": _("asked by a court or a superior body"),
}


def _line(label, **more):
    return forms.CharField(label=label, required=False, max_length=60, **more)


class SearchForm(forms.Form):
    """Posted, so that no number of a person stands in an address."""

    number = _line(_("Case number"))
    certificate = _line(_("Certificate number, in full"), widget=forms.TextInput(attrs={"autocomplete": "off"}))
    actor = _line(_("User name of the actor"))
    kind = _line(_("Kind of record"), help_text=AS_LISTED)
    verb = _line(_("Deed"), help_text=AS_LISTED)
    since = forms.DateField(label=_("From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    until = forms.DateField(label=_("Until"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, data, *, at, regions):
        today = day_of(at)
        self.at, self.regions = at, regions
        super().__init__(data or {"since": today - timedelta(days=30), "until": today})

    def clean(self):
        """The days are sound; who and what is named is looked up, and what is out of reach is found by nobody."""
        data = super().clean()
        since, until = data.get("since"), data.get("until")
        if since and until and not 0 <= (until - since).days <= LONGEST:
            self.add_error("until", ValidationError(_("At most a year at a time, the last day after the first."), code="days"))
        return data

    def wish(self) -> Wish | None:
        """What to search for; None when somebody or something is named that is not there for this reader."""
        data, more = self.cleaned_data, {}
        for name, look in (("number", self._docket), ("certificate", self._person), ("actor", self._actor)):
            if data[name]:
                found = look(data[name].strip())
                if found is None:
                    return None
                more |= found
        more |= {"kinds": kinds_named(data["kind"]), "verbs": verbs_named(data["verb"])}
        return Wish(since=start_of(data["since"]), until=end_of(data["until"]), **more)

    def _docket(self, number):
        docket = self._within(Docket.objects.filter(number=number.upper())).first()
        if docket is None:
            return None
        papers = [("documents.read", pk) for pk in docket.documents.values_list("pk", flat=True)]
        return {"objects": ((docket.kind, docket.case().pk), (Docket._meta.label, docket.pk), *papers)}

    def _person(self, number):
        person = find.by_certificate(number)
        return {"person_id": person.pk} if person and (self.regions is None or person.region_id in self.regions) else None

    def _actor(self, name):
        user = User.objects.filter(username=name).first()
        return {"by_id": user.pk} if user else None

    def _within(self, rows):
        return rows if self.regions is None else rows.filter(region__in=self.regions)


class ExportForm(forms.Form):
    """Why rows leave this room."""

    reason = forms.ChoiceField(label=_("Reason"), choices=REASONS.items())
    because = forms.CharField(
        label=_("For what exactly?"), min_length=4, max_length=200, help_text=_("Stays on record. Write no numbers here.")
    )

    def clean_because(self):
        text = " ".join(self.cleaned_data["because"].split())
        if NUMBER.search(text):
            raise ValidationError(_("Write no certificate or phone number here: the reason is kept in clear."), code="number")
        return text


class ProofForm(forms.Form):
    """Which stretch of the chain."""

    first = forms.IntegerField(label=_("From seal"), min_value=1)
    last = forms.IntegerField(label=_("To seal"), min_value=1)

    def clean(self):
        data = super().clean()
        if "first" in data and "last" in data and not 0 <= data["last"] - data["first"] < 5000:
            self.add_error("last", ValidationError(_("At most 5000 seals at a time, the last one after the first."), code="seals"))
        return data
