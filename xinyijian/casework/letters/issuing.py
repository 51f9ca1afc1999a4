"""Issuing letters: in the transaction of their step, for one case or two thousand in the same number of queries.

What is kept are the words in both languages, sealed, with their hash; the sheet is set from them whenever somebody prints it.
"""
import hashlib
import json
import uuid
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import prefetch_related_objects
from django.utils.translation import override

from xinyijian.people import crypto
from xinyijian.people.models import Organisation

from .. import words
from ..arrays import insert_many
from ..confirmation import new_code
from ..days import local
from ..models import Document, Letter, LetterKind, WithGaps
from . import official
from .numbering import number_of, reserve

LANGUAGES = ("zh-hans", "en")
NAMES = ("uuid", "docket", "event", "kind", "region", "year", "serial", "number", "code", "issued_at", "body", "sha256")


@dataclass(frozen=True, slots=True)
class Known:
    """What the letters of a batch read beside their cases."""

    offices: dict  # region -> bureau
    papers: dict  # docket -> kinds that were given

    @classmethod
    def of(cls, cases):
        """Two queries, and one for each foreign key that the letters read."""
        prefetch_related_objects(cases, "person", "region", "agent", *cases[0].letter_reads)
        bureaus = Organisation.objects.filter(kind=Organisation.Kind.BUREAU, region__in={case.region_id for case in cases}).order_by("-pk")
        papers = defaultdict(list)
        given = Document.objects.filter(docket__in=[case.docket_id for case in cases]).order_by("docket", "kind").distinct("docket", "kind")
        for docket, kind in given.values_list("docket", "kind"):
            papers[docket].append(kind)
        return cls({bureau.region_id: bureau for bureau in bureaus}, papers)


def issue(presses, events, step, *, by, at):
    """One letter for each press, as the step declares it; with documents to follow an acceptance says so."""
    known = Known.of([press.case for press in presses])
    wanted = [(press.case.region_id, kind_of(press.case, step)) for press in presses]
    rows = [_row(press, events[press.case.pk], kind, serial, known, at)
            for press, (_region, kind), serial in zip(presses, wanted, reserve(wanted, at), strict=True)]
    insert_many(Letter, NAMES, rows)


def kind_of(case, step) -> str:
    """容缺受理通知书 instead of 受理通知书 when something is still owed."""
    gap = step.letter == LetterKind.ACCEPTED and isinstance(case, WithGaps) and case.gaps
    return (LetterKind.GAP if gap else LetterKind(step.letter)).value


def _row(press, event, kind, serial, known, at):
    case = press.case
    number, texts = number_of(case.region, kind, at, serial), {}
    for language in LANGUAGES:
        with override(language):
            texts[language] = official.content_of(press, kind, number, known, at)
    body = json.dumps(texts, ensure_ascii=False, sort_keys=True)
    sha256 = hashlib.sha256(body.encode()).hexdigest()
    return (uuid.uuid4(), case.docket_id, event, kind, case.region_id, local(at).year, serial, number, new_code(), at, crypto.encrypt(body),
            sha256)


def named(letter) -> str:
    """What it is called, in the active language."""
    return str(LetterKind(letter.kind).label)


def title_of(letter) -> str:
    """Kind and number in one line."""
    return f"{named(letter)} {letter.number}"


def about(letter) -> str:
    """What kind of case it is about."""
    return words.title(letter.docket.kind)
