"""Whether somebody enjoys the programme on a day, and what is in force for her: the answer that a desk gives."""
from dataclasses import dataclass

from django.db.models import Q

from xinyijian.people.models import FamilyLink, Standing
from xinyijian.people.standing import Entitlement, benefits_through

from .models import Coverage

YES, NO, NOT_VERIFIED, ENDED = "yes", "no", "not_verified", "ended"


@dataclass(frozen=True, slots=True)
class Eligibility:
    """yes, no (she or her kin are rated, none excellent), not_verified (nobody is rated, which is nothing bad) or ended (she died)."""

    answer: str
    entitlement: Entitlement | None
    coverages: tuple[Coverage, ...]


def eligibility_of(person, on) -> Eligibility:
    """S0.2 to S0.4: the answer for one person on one day; a handful of queries."""
    coverages = tuple(Coverage.objects.in_force(on).filter(person=person).select_related("place").order_by("starts_on", "pk"))
    if person.died_on is not None and person.died_on <= on:
        return Eligibility(ENDED, None, ())
    entitlement = benefits_through([person.pk], on)[person.pk]
    answer = YES if entitlement else NO if _anybody_rated(person.pk, on) else NOT_VERIFIED
    return Eligibility(answer, entitlement, coverages)


def _anybody_rated(person_id, on):
    links = FamilyLink.objects.in_force(on)
    kin = Q(person=person_id) | Q(person__in=links.filter(person=person_id).values("relative"))
    kin |= Q(person__in=links.filter(relative=person_id).values("person"))
    return Standing.objects.in_force(on).exclude(grade=Standing.Grade.BREACH).filter(kin).exists()
