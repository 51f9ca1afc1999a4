"""Deficit-tolerant acceptance (容缺): the rows of what is owed. Each verb is named in a step as then=(…,) and runs once per batch."""
from . import breaches
from .arrays import insert_many
from .models import Deficiency
from .rules import FOUR_EYES_GIVEN, Refused

State = Deficiency.State


def open_gaps(cases, *, at, by, inputs):
    """One row for each document that a case owes from now on."""
    rows = [(case.docket_id, code, State.OWED, at, "") for case in cases for code in case.gaps]
    insert_many(Deficiency, ("docket", "code", "state", "since", "because"), rows)


def take(cases, *, at, by, inputs):
    """The document was handed in."""
    _rows(cases, inputs).update(state=State.GIVEN, document=inputs["document"], because="")


def verify(cases, *, at, by, inputs):
    """Somebody has looked and it is good; not the one who handed it in."""
    rows = _rows(cases, inputs)
    if rows.filter(document__received_by=by.pk).exists():
        raise Refused([FOUR_EYES_GIVEN])
    rows.update(state=State.VERIFIED, verified_by=by.pk, verified_at=at)
    breaches.mend([case for case in cases if not case.gaps], at, breaches.CAME)


def reject(cases, *, at, by, inputs):
    """Somebody has looked and it will not do: owed again, and overdue when it came too late."""
    for late in (False, True):
        again = [case for case in cases if (case.gap_overdue_at is not None) is late]
        _rows(again, inputs).update(state=State.OVERDUE if late else State.OWED, because=inputs["because"])


def expire(cases, *, at, by, inputs):
    """The term is over and the document was not given: a broken promise, which stands until it is mended."""
    breaches.note_overdue(cases, at)
    dockets = [case.docket_id for case in cases]
    Deficiency.objects.filter(docket__in=dockets, state=State.OWED).update(state=State.OVERDUE)


def reopen(cases, *, at, by, inputs):
    """More time was given: what was overdue is owed again."""
    dockets = [case.docket_id for case in cases]
    Deficiency.objects.filter(docket__in=dockets, state=State.OVERDUE).update(state=State.OWED, since=at)
    breaches.mend(cases, at, breaches.TIME_GIVEN)


def _rows(cases, inputs):
    return Deficiency.objects.filter(docket__in=[case.docket_id for case in cases], code=inputs["code"])
