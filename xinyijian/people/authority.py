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


def served_by(user, at) -> dict[str, set[int]]:
    """{service, or "*" for every one: for whom she may act there}, herself left out; for lists, which take it as plain numbers.

    Two small queries, anew each time, so that what has ended ends at once. As subqueries they made every list five times as slow.
    """
    if not user.is_active or user.person_id is None:
        return {}
    found = {}
    for person, scope in Grant.objects.in_force(at).filter(agent=user.person_id).values_list("person", "scope"):
        found.setdefault(scope, set()).add(person)
    if minors := _minor_children_of(user.person_id, timezone.localdate(at)):
        found.setdefault("*", set()).update(minors)
    return found


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


def minors_of(user, at) -> QuerySet[Person]:
    """The minors for whom she acts as the verified parent (guardian); a grant makes nobody a guardian."""
    return Person.objects.filter(pk__in=minor_ids_of(user, at))


def minor_ids_of(user, at) -> set[int]:
    """The same as plain numbers."""
    return _minor_children_of(user.person_id, timezone.localdate(at)) if user.is_active and user.person_id else set()


def guardians_of(person_ids, at) -> dict[int, set]:
    """{minor: her verified living parents}; nothing for adults. Two queries for any number."""
    on = timezone.localdate(at)
    links, minor = FamilyLink.objects.in_force(on), _adult_if_born_by(on)
    parent = links.filter(person__in=person_ids, relation=Relation.PARENT, person__born_on__gt=minor)
    child = links.filter(relative__in=person_ids, relation=Relation.CHILD, relative__born_on__gt=minor)
    living = Q(died_on=None) | Q(died_on__gt=on)
    found = {}
    pairs = [*parent.filter(_on("relative", living)).values_list("person", "relative"),
             *child.filter(_on("person", living)).values_list("relative", "person")]
    for one, guardian in pairs:
        found.setdefault(one, set()).add(guardian)
    return found


def _on(prefix, condition):
    """The same condition over a joined person."""
    return Q(*((f"{prefix}__{name}", value) for name, value in condition.children), _connector=condition.connector)


def majority_of(born_on):
    """The day on which somebody comes of age."""
    try:
        return born_on.replace(year=born_on.year + MAJORITY)
    except ValueError:
        return born_on.replace(year=born_on.year + MAJORITY, month=3, day=1)


def is_minor(born_on, on) -> bool:
    """Whether somebody born on that day has not yet come of age on this one."""
    return born_on > _adult_if_born_by(on)


def _is_minor_child_of(parent_id, on):
    links = FamilyLink.objects.in_force(on)
    named_parent = links.filter(relative=parent_id, relation=Relation.PARENT).values("person")
    named_child = links.filter(person=parent_id, relation=Relation.CHILD).values("relative")
    return Q(born_on__gt=_adult_if_born_by(on)) & (Q(pk__in=named_parent) | Q(pk__in=named_child))


def _minor_children_of(parent_id, on) -> set[int]:
    """The same as numbers: one query over her own few links."""
    minor = _adult_if_born_by(on)
    named_parent = Q(relative=parent_id, relation=Relation.PARENT, person__born_on__gt=minor)
    named_child = Q(person=parent_id, relation=Relation.CHILD, relative__born_on__gt=minor)
    links = FamilyLink.objects.in_force(on).filter(named_parent | named_child)
    return {child for pair in links.values_list("person", "relative") for child in pair} - {parent_id}


def _adult_if_born_by(on):
    """Whoever was born on 29 February comes of age on 1 March of a common year."""
    try:
        return on.replace(year=on.year - MAJORITY)
    except ValueError:
        return on.replace(year=on.year - MAJORITY, day=28)
