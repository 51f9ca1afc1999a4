"""Credit standing as others stated it, and whom the programme's benefits reach through it (S0.2 to S0.4)."""
import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from .models import FamilyLink, Person, Relation, Standing

INVERSE = {Relation.SPOUSE: Relation.SPOUSE, Relation.PARENT: Relation.CHILD, Relation.CHILD: Relation.PARENT}
EVER = datetime.date.max
SUBSYSTEM = "省医保信用评价管理子系统"  # whose word a rating is (S0.10)


@dataclass(frozen=True, slots=True)
class Entitlement:
    """Why somebody enjoys the programme (信易健服务享受人员): through whom and until which day, that day included."""

    through_person_id: int
    relation: str  # what the rated person is to her: "" herself, spouse, parent or child
    masked_name: str
    until: datetime.date | None  # None: no end is known
    source: str


def benefits_through(person_ids: Iterable[int], on) -> dict[int, Entitlement | None]:
    """For each person the entitlement that reaches her on that day, her own first, then the longest. Three queries at most."""
    kin = _kin(set(person_ids), on)
    ratings = _excellent(set(kin) | {relative for links in kin.values() for relative, _, _ in links}, on)
    names = _names_of_the_living({standing.person_id for standing in ratings.values()}, on)
    return {person_id: _best(person_id, links, ratings, names) for person_id, links in kin.items()}


def unrepaired_breaches(person_ids: Iterable[int], on) -> set[int]:
    """Those of the persons whose breach of promise stands on that day; on the day of its repair it no longer does."""
    breaches = Standing.objects.in_force(on).filter(person__in=set(person_ids), grade=Standing.Grade.BREACH)
    return set(breaches.values_list("person", flat=True))


def _kin(person_ids, on):
    """{person: [(relative, what the relative is to her, last day of the link)]}; each link is read from both ends."""
    kin = {person_id: [] for person_id in person_ids}
    links = FamilyLink.objects.in_force(on).filter(Q(person__in=person_ids) | Q(relative__in=person_ids))
    for person, relative, relation, until in links.values_list("person", "relative", "relation", "until"):
        if person in kin:
            kin[person].append((relative, relation, until))
        if relative in kin:
            kin[relative].append((person, INVERSE[relation], until))
    return kin


def _excellent(person_ids, on):
    """{person: her rating} where the newest rating valid on that day is excellent. A breach is no rating."""
    ratings = Standing.objects.in_force(on).filter(person__in=person_ids).exclude(grade=Standing.Grade.BREACH)
    newest = ratings.order_by("person", "-valid_from", "-read_at", "-pk").distinct("person")
    return {rating.person_id: rating for rating in newest if rating.grade == Standing.Grade.EXCELLENT}


def _names_of_the_living(person_ids, on):
    living = Person.objects.filter(Q(died_on=None) | Q(died_on__gt=on), pk__in=person_ids)
    return {person.pk: person.masked_name for person in living.only("name")} if person_ids else {}


def _best(person_id, links, ratings, names):
    sources = [(person_id, "", None), *links]
    found = [_entitlement(ratings[pk], relation, until, names[pk]) for pk, relation, until in sources if pk in ratings and pk in names]
    return max(found, key=lambda one: (one.relation == "", one.until or EVER, -one.through_person_id), default=None)


def _entitlement(rating, relation, link_until, masked_name):
    until = min(rating.valid_until or EVER, link_until or EVER)
    return Entitlement(rating.person_id, str(relation), masked_name, None if until == EVER else until, rating.source)
