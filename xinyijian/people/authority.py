"""Who may act for whom: everybody for herself, by a grant in force, or as the verified parent of a minor."""
from django.db.models import Case, Q, QuerySet, Value, When
from django.utils import timezone

from .models import FamilyLink, Grant, Person, Relation

MAJORITY = 18  # years; Civil Code art. 17


def may_act_for(user, person_id: int, scope: str, at) -> bool:
    """Whether the user may act in that service as this person or on her behalf."""
    if not user.is_active or user.person_id is None:
        return False
    return user.person_id == person_id or Person.objects.filter(acted_for_by(user, at, scope), pk=person_id).exists()


def represented_by(user, scope: str, at) -> QuerySet[Person]:
    """Herself first, then those for whom she may act in that service."""
    if not user.is_active or user.person_id is None:
        return Person.objects.none()
    herself_first = Case(When(pk=user.person_id, then=Value(0)), default=Value(1))
    return Person.objects.filter(acted_for_by(user, at, scope)).order_by(herself_first, "pk")


def still_acting(pairs, scope: str, at) -> set:
    """Those of the pairs (person, relative) in which the relative may still act in that service; three queries for any number."""
    persons, relatives = {person for person, _relative in pairs}, {relative for _person, relative in pairs}
    grants = Grant.objects.in_force(at).filter(person__in=persons, agent__in=relatives, scope__in=["*", scope])
    on = timezone.localdate(at)
    links = FamilyLink.objects.in_force(on)
    parent, child = links.filter(relation=Relation.PARENT), links.filter(relation=Relation.CHILD)
    minor = _adult_if_born_by(on)
    found = {*grants.values_list("person", "agent"),
             *parent.filter(person__in=persons, relative__in=relatives, person__born_on__gt=minor).values_list("person", "relative"),
             *child.filter(relative__in=persons, person__in=relatives, relative__born_on__gt=minor).values_list("relative", "person")}
    return found & set(pairs)


def acted_for_by(user, at, scope: str | None = None) -> Q:
    """The condition on Person behind both; without a scope, a grant for any service counts."""
    if user.person_id is None:
        return Q(pk__in=())
    grants = Grant.objects.in_force(at).filter(agent=user.person_id)
    if scope is not None:
        grants = grants.filter(scope__in=["*", scope])
    return Q(pk=user.person_id) | Q(pk__in=grants.values("person")) | _is_minor_child_of(user.person_id, timezone.localdate(at))


def is_minor(born_on, on) -> bool:
    """Whether somebody born on that day has not yet come of age on this one."""
    return born_on > _adult_if_born_by(on)


def _is_minor_child_of(parent_id, on):
    links = FamilyLink.objects.in_force(on)
    named_parent = links.filter(relative=parent_id, relation=Relation.PARENT).values("person")
    named_child = links.filter(person=parent_id, relation=Relation.CHILD).values("relative")
    return Q(born_on__gt=_adult_if_born_by(on)) & (Q(pk__in=named_parent) | Q(pk__in=named_child))


def _adult_if_born_by(on):
    """Whoever was born on 29 February comes of age on 1 March of a common year."""
    try:
        return on.replace(year=on.year - MAJORITY)
    except ValueError:
        return on.replace(year=on.year - MAJORITY, day=28)
