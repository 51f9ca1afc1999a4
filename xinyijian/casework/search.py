"""One box for one exact number: of a case, a certificate or a phone. Nothing is found by a part of a number; every search is on record."""

from django.db.models import Q

from xinyijian.audit import record
from xinyijian.people import find as people

from .models import Docket
from .numbers import is_valid
from .worklist import SHOWN

MOST = 50  # cases of one search


def find(text, *, by, at) -> list[Docket]:
    """The cases that the user may see, newest first; a case number that nobody could have given finds nothing."""
    text = text.strip()
    number = text.upper()
    visible = Docket.objects.visible_to(by, at).select_related("person", "claim__holder").only(*SHOWN, "closed_at")
    how, condition, person = ("case", Q(number=number), None) if "-" in number and is_valid(number) else _by_person(text)
    found = list(visible.filter(condition).order_by("-pk")[:MOST])
    record(
        "casework.search",
        how,
        by=by,
        at=at,
        person_id=person if found else None,
        object_id=found[0].pk if len(found) == 1 else None,
        data={"found": len(found)},
    )
    return found


def _by_person(text):
    """(how, condition, the one person or None) for a certificate or a phone."""
    if person := people.by_certificate(text):
        return "certificate", Q(person=person), person.pk
    persons = [person.pk for person in people.by_phone(text)]
    return ("phone", Q(person__in=persons), persons[0] if len(persons) == 1 else None) if persons else ("nothing", Q(pk__in=[]), None)
