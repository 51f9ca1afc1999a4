"""Of which months, and why figures leave the house."""
from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from xinyijian.people.unmasking import NUMBER

LONGEST = 36  # months


def _month(label):
    widget = forms.DateInput(attrs={"type": "month"}, format="%Y-%m")
    return forms.DateField(label=label, input_formats=["%Y-%m"], required=False, widget=widget)


class MonthsForm(forms.Form):
    """From one month to another, both included; the last twelve without a wish."""

    field_order = ["from", "to"]

    def __init__(self, data, *, today):
        first = date(today.year - 1, today.month, 1)
        self.today, self.default = today, (_after(first), today.replace(day=1))
        super().__init__({"from": data.get("from") or f"{self.default[0]:%Y-%m}", "to": data.get("to") or f"{self.default[1]:%Y-%m}"})
        self.fields = {"from": _month(_("From month")), "to": _month(_("To month"))}

    def clean(self):
        """The first before the last, and not too many."""
        data = super().clean()
        first, last = data.get("from"), data.get("to")
        if first and last and not 0 <= (last.year - first.year) * 12 + last.month - first.month < LONGEST:
            self.add_error("to", _("At most three years, the last month after the first."))
        return data

    def months(self) -> tuple[date, date]:
        """The first day of the first month, and the first day after the last one; the default where the wish was unsound."""
        if not self.is_valid():
            return self.default[0], _after(self.default[1])
        return self.cleaned_data["from"], _after(self.cleaned_data["to"])


class ExportForm(forms.Form):
    """For what the file is made; it stays on record."""

    because = forms.CharField(label=_("For what exactly?"), min_length=4, max_length=200,
                              help_text=_("Stays on record. Write no numbers here."))

    def clean_because(self):
        if NUMBER.search(text := " ".join(self.cleaned_data["because"].split())):
            raise forms.ValidationError(_("Write no certificate or phone number here: the reason is kept in clear."), code="number")
        return text


def _after(first):
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)
