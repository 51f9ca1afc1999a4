"""What is typed about documents that may follow later: the same in every service; a service's forms.py takes these names over."""
from django import forms
from django.utils.translation import gettext_lazy as _

from xinyijian.templatetags.portal import day

from . import documents, reuse, words
from .clerk_forms import BecauseForm
from .forms import StepForm

NEW = ""


class GiveMissingForm(StepForm):
    """Which document, which of the accepted papers it is, and the photo; or one that the person gave before for another case."""

    code = forms.ChoiceField(label=_("Which document"), widget=forms.RadioSelect)
    earlier = forms.ChoiceField(
        label=_("You gave it before"), required=False, widget=forms.RadioSelect,
        help_text=_("Choose it and send nothing. The bureau sees that it is the same paper, when you gave it and for which case."))
    kind = forms.ChoiceField(label=_("Which paper it is"), required=False, help_text=_("Any of these will do."))
    file = forms.FileField(label=_("Photo or PDF"), required=False,
                           help_text=_("JPEG, PNG, WebP or PDF, at most 10 MB; a phone photo is enough"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        said, owed = words.of_service(self.case.docket.kind), self.case.owed
        self.fields["code"].choices = [(code, said.document_name(code)) for code in owed]
        if len(owed) == 1:
            self.fields["code"].initial = owed[0]
        asked = self.initial.get("code") if self.initial.get("code") in owed else self.fields["code"].initial
        self.kinds = {code: said.gap_of(self.case, code)["kinds"] for code in owed}
        self._offer_kinds(said, [asked] if asked else owed)
        self._offer_earlier(said, [asked] if asked else owed)

    def _offer_kinds(self, said, codes):
        kinds = [kind for code in codes for kind in self.kinds[code]]
        self.fields["kind"].choices = [(kind, said.document_name(kind)) for kind in kinds]
        if len(kinds) == len(codes):
            del self.fields["kind"]

    def _offer_earlier(self, said, codes):
        wanted = {kind for code in codes for kind in self.kinds[code]}
        case = self.case
        self.papers = {}
        for paper in reuse.earlier_papers(case.person_id, case.region_id, but=case.docket_id, by=self.by, at=self.at):
            if paper.kind in wanted and paper.sha256 not in {p.sha256 for p in self.papers.values()}:
                self.papers[str(paper.uuid)] = paper
        self.fields["file"].required = not self.papers
        if not self.papers:
            del self.fields["earlier"]
            return
        offered = [(uuid, self._in_words(said, paper)) for uuid, paper in self.papers.items()]
        self.fields["earlier"].choices = [*offered, (NEW, _("None of these: I send a new photo"))]
        self.fields["earlier"].initial = offered[0][0]

    def _in_words(self, said, paper):
        origin = reuse.origin_of(paper, self.case.region_id, self.at)
        told = {"name": said.document_name(paper.kind), "day": day(origin.given_at), "number": origin.number, "until": day(origin.until)}
        if origin.until:
            return _("%(name)s, given on %(day)s for %(number)s; counts until %(until)s") % told
        return _("%(name)s, given on %(day)s for %(number)s") % told

    def clean(self):
        """Either the earlier paper or a file, and of a kind that will do for this document."""
        data = super().clean()
        if data.get("file"):
            data["earlier"] = NEW  # the choice is made beforehand: whoever sends a photo means the photo
        kinds, paper = self.kinds.get(data.get("code"), ()), self.papers.get(data.get("earlier") or NEW)
        if paper and kinds and paper.kind not in kinds:
            self.add_error("earlier", _("This paper does not do for the document that you chose."))
        if data.get("kind") and kinds and data["kind"] not in kinds and not paper:
            self.add_error("kind", _("This paper does not do for the document that you chose."))
        if not paper and not data.get("file") and "file" not in self.errors:
            self.add_error("file", _("Choose a photo or a PDF."))
        return data

    def inputs(self):
        data, docket = self.cleaned_data, self.case.docket
        if paper := self.papers.get(data.get("earlier") or NEW):
            return {"code": data["code"], "document": documents.give_again(paper, docket, paper.kind, by=self.by, at=self.at)}
        kind = data.get("kind") or data["code"]
        return {"code": data["code"], "document": documents.receive(docket, kind, data["file"], by=self.by, at=self.at)}


class _GivenForm(StepForm):
    code = forms.ChoiceField(label=_("Document"), widget=forms.RadioSelect)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        named = words.of_service(self.case.docket.kind).document_name
        self.fields["code"].choices = [(code, named(code)) for code in self.case.given]
        if self.case.given:
            self.fields["code"].initial = self.case.given[0]


class VerifyGapForm(_GivenForm):
    """Which of the documents that came is good."""


class RejectGapForm(_GivenForm, BecauseForm):
    """Which of them will not do, and why."""


class ExtendGapForm(BecauseForm):
    """Why more time is given."""
