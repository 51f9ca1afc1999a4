"""Papers that somebody gave before (材料复用): nobody is asked twice, for as long as the region lets that paper count.

A paper is offered only to whoever may see it and only for the same person. What the bureau sent back is not offered again, whether it was
a late document or one of a returned case; nor is any paper of a case on which a false paper is on record.
"""
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef

from xinyijian.policies import params_for

from .days import day_of
from .documents import still_kept
from .legal_time import months
from .models import Breach, Deficiency, Document, SentBack
from .paper_terms import months_for

MOST = 100  # papers that are looked through, newest first
SENT_BACK = (Deficiency.State.OWED, Deficiency.State.OVERDUE)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a paper first came from, and the last day on which it counts (None: no end)."""

    number: str
    kind: str
    given_at: object
    until: date | None


def earlier_papers(person_id, region, *, but, by, at) -> list[Document]:
    """What this person gave for other cases and what still counts, newest first; one query. `but`: the register entry it is for."""
    rows = still_kept().visible_to(by, at).filter(*_not_doubted(), person=person_id).exclude(docket=but)
    found = rows.select_related("docket", "reused_from__docket").order_by("-received_at", "-pk")[:MOST]
    return [paper for paper in found if _counts(origin_of(paper, region, at), day_of(at))]


def send_back(cases, *, at, by, inputs):
    """Named in a step as then=(send_back,): the kinds of inputs["redo"] that were given for these cases will not do."""
    given = Document.objects.filter(docket__in=[case.docket_id for case in cases], kind__in=inputs["redo"])
    SentBack.objects.bulk_create([SentBack(stored=stored, at=at) for stored in set(given.values_list("stored", flat=True))],
                                 ignore_conflicts=True)


def _not_doubted():
    stored = OuterRef("stored")
    late = Deficiency.objects.filter(document__stored=stored, state__in=SENT_BACK)
    false = Breach.objects.filter(docket__documents__stored=stored, kind=Breach.Kind.FALSE_PAPER, repaired_at=None)
    return ~Exists(late), ~Exists(SentBack.objects.filter(stored=stored)), ~Exists(false)


def origin_of(paper: Document, region, at) -> Origin:
    """The case for which it was first given, and until when it counts under today's rules of that region."""
    first = paper.reused_from or paper
    lasts = months_for(params_for("casework", region, day_of(at)).papers_valid_months, paper.kind)
    until = months(first.received_at, lasts).last_day if lasts else None
    return Origin(first.docket.number, first.docket.kind, first.received_at, until)


def _counts(origin, today):
    return origin.until is None or today <= origin.until
