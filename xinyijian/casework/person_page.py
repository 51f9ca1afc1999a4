"""What the desk knows of one person: her standing, her family, who acts for her, her cases, and what she owes."""

from xinyijian.audit import look
from xinyijian.people import masking, reach, scope, standing
from xinyijian.people.models import Contact, Person
from xinyijian.people.unmasking import may_unmask

from . import owed, words
from .days import day_of
from .models import Docket
from .ties import ties_of

PERMISSION = "people.read"
SIZE = 20  # cases of one page
STATES = {"open": {"closed_at": None}, "closed": {"closed_at__isnull": False}}


def find(pk, *, by, at) -> Person | None:
    """The person, where one of her posts lets the reader see her record."""
    return scope.reachable_by(by, at).select_related("region").filter(pk=pk).first()


def note_reading(person, *, by, at):
    """The reader has looked at her record."""
    look("people.Person", "read", by=by, at=at, object_id=person.pk, person_id=person.pk, region=person.region_id, data={"as": "desk"})


def for_desk(person, *, by, at, state="", before=None) -> dict:
    """Everything of the page; the number of queries rests on no number of rows."""
    on, told = day_of(at), owed.of_person(person.pk, by=by, at=at)
    ties = ties_of(person, at)
    cases, before = _cases(person, by, at, state, before)
    return {
        "person": person,
        "at": at,
        "entitlement": standing.benefits_through([person.pk], on)[person.pk],
        "standings": [_rated(one, on) for one in person.standings.order_by("-valid_from", "-pk")[:10]],
        "ties": ties,
        "reachable": _reachable({tie["other"].pk for tie in ties}, by, at),
        "owes": [*told["owed"], *told["waiting"]],
        "breaches": told["breaches"],
        "cases": cases,
        "before": before,
        "state": state,
        "ways": _ways(person),
        "may_unmask": may_unmask(by, person.region_id, None, at),
    }


def _rated(one, on):
    return {"standing": one, "now": one.valid_from <= on and (one.valid_until is None or one.valid_until >= on) and not one.repaired_on}


def _reachable(ids, by, at) -> set:
    return set(scope.reachable_by(by, at).filter(pk__in=ids).values_list("pk", flat=True))


def _cases(person, by, at, state, before):
    """Newest first, as far as the reader may see cases."""
    rows = Docket.objects.visible_to(by, at).filter(person=person, **STATES.get(state, {})).order_by("-pk")
    found = list((rows.filter(pk__lt=before) if before else rows)[: SIZE + 1])
    return [_case(docket) for docket in found[:SIZE]], found[SIZE - 1].pk if len(found) > SIZE else None


def _case(docket):
    return {
        "docket": docket,
        "title": words.title(docket.kind),
        "status": words.status(docket.kind, docket.status, staff=True),
        "ask": words.due(docket.kind, docket.due_name, staff=True),
    }


def _ways(person) -> list[tuple]:
    """(kind, what is left of the address): how she is reached; the whole is shown for a reason only."""
    phone = reach.phone_of(person)
    found = [("phone", masking.phone(phone))] if phone else []
    for one in Contact.objects.filter(person=person, ended_at=None).order_by("kind"):
        found.append((one.kind, masking.email(one.address) if one.kind == Contact.Kind.EMAIL else ""))
    return found + ([("letter", "")] if person.address else [])
