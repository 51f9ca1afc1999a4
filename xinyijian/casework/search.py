"""One box for whatever a clerk has in hand: a case number or its beginning, a whole name, a whole certificate or phone number.

Nothing of a person is found by a part of it. Every search is on record, never with what was typed.
"""

import re
from dataclasses import dataclass

from django.db.models import Q

from xinyijian.audit import record
from xinyijian.people import scope
from xinyijian.people.certificates import tidy, tidy_phone
from xinyijian.people.crypto import blind_index, normalised
from xinyijian.people.models import Person

from .models import Docket
from .numbers import is_valid
from .worklist import LOADED, SHOWN

PHONE = re.compile(r"1\d{10}|0\d{9,11}")  # mobile or landline; what has another shape is called a certificate, and sought as both
SIZE = 20  # people, and cases, of one page
WHOLE = re.compile(r"([A-Z]{2}\d{6})-?(\d{6})-?([0-9A-Z]{8})")
BEGINNING = re.compile(r"[A-Z]{2}\d{6}-\d{2,6}(-[0-9A-Z]{0,8})?")  # no shorter: the year at least


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody looks for; a person by digests alone, so that it may stand in a form."""

    how: str  # case, beginning, certificate, phone, name; "" where too little was typed
    key: str = ""  # the number of a case, or its beginning
    digests: tuple = ()  # (field of Person, digest)


@dataclass(frozen=True, slots=True)
class Found:
    """One page of people and one of cases; the keys after which the next ones begin, or None."""

    people: list
    cases: list
    people_after: int | None = None
    cases_after: int | None = None

    @property
    def nothing(self) -> bool:
        return not self.people and not self.cases


def read(text) -> Wish:
    """What was meant by what was typed: width, case and spaces do not count."""
    plain = normalised(text)
    if whole := WHOLE.fullmatch(plain):
        return Wish("case", "-".join(whole.groups()))
    if BEGINNING.fullmatch(plain):
        return Wish("beginning", plain)
    if any(sign.isdigit() for sign in plain):
        phone = tidy_phone(text)
        numbers = ("cert_digest", blind_index(tidy(text), "certificate")), ("phone_digest", blind_index(phone, "phone"))
        return Wish("phone" if PHONE.fullmatch(phone) else "certificate", digests=tuple(pair for pair in numbers if pair[1]))
    return Wish("name", digests=(("name_digest", blind_index(plain, "name")),)) if len(plain) > 1 else Wish("")


def find(wish, *, by, at, after=None) -> Found:
    """What she may see of it, and an event. `after` is ("people" or "cases", key): the next page of the one, without the other."""
    if not wish.how:
        return Found([], [])
    people, people_after = _people(wish, by, at, after)
    cases, cases_after = _cases(wish, by, at, after)
    _record(wish, people, cases, by=by, at=at, further=after is not None)
    return Found(people, cases, people_after, cases_after)


def _people(wish, by, at, after):
    """Within reach of her posts, oldest entry first."""
    if not wish.digests or (after and after[0] != "people"):
        return [], None
    rows = scope.reachable_by(by, at).filter(_of_person(wish)).select_related("region").order_by("pk")
    return _page(rows.filter(pk__gt=after[1]) if after else rows)


def _cases(wish, by, at, after):
    """Newest first. Without people.read somebody finds a person's cases all the same, where she may read those."""
    if after and after[0] != "cases":
        return [], None
    rows = Docket.objects.visible_to(by, at).filter(_of_case(wish)).select_related(*LOADED).only(*SHOWN, "closed_at")
    return _page((rows.filter(pk__lt=after[1]) if after else rows).order_by("-pk"))


def _page(rows):
    found = list(rows[: SIZE + 1])
    return found[:SIZE], found[SIZE - 1].pk if len(found) > SIZE else None


def _of_case(wish):
    if wish.how == "case":
        return Q(number=wish.key) if is_valid(wish.key) else Q(pk__in=[])
    return Q(number__startswith=wish.key) if wish.how == "beginning" else Q(person__in=Person.objects.filter(_of_person(wish)))


def _of_person(wish):
    found = Q(pk__in=[])
    for field, digest in wish.digests:
        found |= Q(**{field: digest})
    return found


def _record(wish, people, cases, *, by, at, further):
    """Of whom, only when it was one person whom she was shown something of."""
    shown = {person.pk for person in people} | {case.person_id for case in cases}
    record(
        "casework.search",
        "case" if wish.how == "beginning" else wish.how,
        by=by,
        at=at,
        person_id=shown.pop() if len(shown) == 1 else None,
        object_id=cases[0].pk if len(cases) == 1 else None,
        data={"found": len(cases), "people": len(people)} | ({"further": True} if further else {}),
    )
