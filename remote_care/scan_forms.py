"""The two forms of a pile of scans: the files, and which paper each of them is."""
from django import forms
from django.utils.translation import gettext_lazy as _

from xinyijian.casework import scans

from .paper_forms import ACCEPT
from .papers import NAMES


class Files(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files; each is judged later and on its own."""

    widget = Files(attrs={**ACCEPT})  # Django writes into it

    def clean(self, data, initial=None):
        if not data:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return list(data)


class ScansForm(forms.Form):
    files = FilesField(label=_("Photos and PDFs, as many as you have"), error_messages={"required": _("Choose at least one file.")},
                       help_text=_("Up to 20 at once, each at most 10 MB. A file that will not do does not hold up the others."))


class SortForm(forms.Form):
    """For each scan which paper it is; a guess stands there already."""

    def __init__(self, *args, waiting, asked, **kwargs):
        super().__init__(*args, **kwargs)
        self.waiting = waiting
        choices = [(code, name) for paper in asked for code, name in paper.choices]
        missing = [paper.code for paper in asked if not paper.given]
        guessed = scans.guesses(waiting, {code: NAMES[code] for code, _name in choices}, missing)
        for scan in waiting:
            self.fields[f"kind_{scan.pk}"] = forms.ChoiceField(
                choices=[("", _("leave it here for now")), *choices], required=False, label=_("Which paper is it?"),
                initial=guessed[scan.pk])

    @property
    def items(self) -> list[dict]:
        """For the page: the scan beside its question."""
        return [{"scan": scan, "kind": self[f"kind_{scan.pk}"]} for scan in self.waiting]

    def chosen(self) -> list[tuple]:
        """[(scan, code), …] of those of which it was said."""
        return [(scan, code) for scan in self.waiting if (code := self.cleaned_data[f"kind_{scan.pk}"])]
