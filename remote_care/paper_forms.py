"""The two pages of the filing form that ask for files: papers, and signatures (on paper at the counter)."""
from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from xinyijian.casework import documents

from . import drafts

ACCEPT = {"accept": "image/jpeg,image/png,image/webp,application/pdf"}
SAME_AGAIN = _("This is the very file that you gave before. Please choose a new photo.")


def _file(label, required=False):
    return forms.FileField(label=label, required=required, widget=forms.FileInput(attrs=ACCEPT))


class PapersForm(forms.Form):
    """One file for each paper of the list, and which of the accepted papers it is."""

    def __init__(self, *args, asked, **kwargs):
        super().__init__(*args, **kwargs)
        self.asked = asked
        for paper in asked:
            self.fields[f"file_{paper.code}"] = _file(paper.title)  # so the error summary says which
            if paper.substitutes:
                kind = forms.ChoiceField(choices=paper.choices, required=False)
                kind.initial = paper.given.kind if paper.given else paper.code
                self.fields[f"kind_{paper.code}"] = kind

    @property
    def items(self) -> list[dict]:
        """For the page: the paper, its file field, and the question which one it is, if there is a choice."""
        return [{"paper": paper, "file": self[f"file_{paper.code}"], "kind": self[f"kind_{paper.code}"] if paper.substitutes else None}
                for paper in self.asked]

    def receive(self, filing, *, by, at) -> list:
        """Keep what was chosen, paper by paper; what will not do becomes an error of its field, and the others stay."""
        return [paper for paper in self.asked if self.cleaned_data.get(f"file_{paper.code}") and self._receive(filing, paper, by, at)]

    def _receive(self, filing, paper, by, at):
        field = f"file_{paper.code}"
        kind = self.cleaned_data.get(f"kind_{paper.code}") or paper.code
        try:
            document = drafts.attach(filing, kind, self.cleaned_data[field], by=by, at=at)
        except ValidationError as wrong:
            self.add_error(field, wrong)
            return False
        if paper.redo and document.received_at < at:
            self.add_error(field, SAME_AGAIN)
            return False
        return True


class SignForm(forms.Form):
    """One tick for each letter that is still to be signed; at the counter the scan of the signed paper as well."""

    TICK = {"commitment": _("I have read the commitment letter and sign it"), "promise": _("I have read the promise and sign it")}
    MISSED = {"required": _("Read it and tick this to sign.")}

    def __init__(self, *args, letters, on_paper=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.letters, self.on_paper = letters, on_paper
        for letter in letters:
            tick = _("Signed on paper in front of me; the scan is attached") if on_paper else self.TICK[letter.name]
            self.fields[f"sign_{letter.name}"] = forms.BooleanField(label=tick, error_messages=self.MISSED)
            self.fields[f"sha256_{letter.name}"] = forms.CharField(widget=forms.HiddenInput, initial=letter.sha256)
            if on_paper:
                self.fields[f"scan_{letter.name}"] = _file(_("Scan of the signed paper"), required=True)

    @property
    def items(self) -> list[dict]:
        """For the page: letter, tick, hash of what is shown, scan."""
        return [{"letter": letter, "tick": self[f"sign_{letter.name}"], "sha256": self[f"sha256_{letter.name}"],
                 "scan": self[f"scan_{letter.name}"] if self.on_paper else None} for letter in self.letters]

    def sign(self, filing, *, by, at):
        """Sign all as they were shown, or none. Refused when a text has changed; ValidationError when a scan will not do."""
        names = [letter.name for letter in self.letters]
        scans = {name: documents.drawn(self.cleaned_data[f"scan_{name}"], filing.person_id) for name in names if self.on_paper}
        with transaction.atomic():
            for name in names:
                if self.on_paper:
                    drafts.attach(filing, f"signed_{name}", scans[name], by=by, at=at)
                drafts.sign(filing, name, self.cleaned_data[f"sha256_{name}"], by=by, at=at, how="paper" if self.on_paper else "online")
