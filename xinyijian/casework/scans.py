"""A pile of scans (批量扫描): many files at once, each judged on its own; then somebody says which paper each of them is.

What came waits among the papers of its case under the kind `UNSORTED`; saying what it is adds a row of that kind for the same pages, so
nothing that was received is changed or lost.
"""
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from .models import Document

UNSORTED = "scan"
MOST = 20  # files at once; each may take a drawing process for seconds
LANGUAGES = ("zh-hans", "en")
ENOUGH = _("Not looked at: these are more than 20 files at once, and each of them is drawn anew. Please send the rest in a second pile.")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one file: kept as `document`, or a problem in words. `known_as`: the kind under which the case had it already."""

    name: str
    document: Document | None = None
    problem: str = ""
    known_as: str = ""


def take(files, docket, attach) -> list[Verdict]:
    """Try each file with `attach(file)`; what is wrong with one is said of that one, and the others stay."""
    return [_try(file, docket, attach) for file in files[:MOST]] + [Verdict(file.name, problem=ENOUGH) for file in files[MOST:]]


def _try(file, docket, attach):
    try:
        document = attach(file)
    except ValidationError as wrong:
        return Verdict(file.name, problem=" ".join(wrong.messages))
    return Verdict(file.name, document, known_as=sorted_kinds(docket).get(document.stored, ""))


def sorted_kinds(docket) -> dict:
    """{where the pages lie: the kind} of the papers of this case of which somebody has said what they are."""
    return dict(Document.objects.filter(docket=docket).exclude(kind=UNSORTED).values_list("stored", "kind"))


def waiting(docket) -> list[Document]:
    """The scans of this case of which nobody has said yet what they are, as they came."""
    known = sorted_kinds(docket)
    return [scan for scan in Document.objects.filter(docket=docket, kind=UNSORTED).order_by("pk") if scan.stored not in known]


def guesses(scans, names: dict, missing) -> dict:
    """{scan's key: code}: by the name of the file where it says a paper (in either language, or by code), then in order among `missing`.

    `names` is {code: lazy name} of all that may be chosen.
    """
    found = {scan.pk: _by_name(scan.original_name, names) for scan in scans}
    rest = iter([code for code in missing if code not in found.values()])
    return {pk: code or next(rest, "") for pk, code in found.items()}


def _by_name(file_name, names):
    """The longest match: the name of one paper may stand in another's."""
    plain = _plain(file_name)
    hits = [(len(word), code) for code, name in names.items() for word in _words(code, name) if word in plain]
    return max(hits, default=(0, ""))[1]


def _words(code, name):
    yield _plain(code)
    for language in LANGUAGES:
        with translation.override(language):
            yield _plain(str(name))


def _plain(text):
    return "".join(letter for letter in text.lower() if letter.isalnum())
