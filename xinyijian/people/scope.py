"""What a user may see and where she may act: bounded by her posts, never by Django's own permissions."""
import datetime
from dataclasses import dataclass

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils import timezone

from . import authority, roles
from .models import Organisation, Person

BELOW = """
    WITH RECURSIVE below(top, code) AS (
        SELECT code, code FROM people_region WHERE code = ANY(%s)
        UNION ALL SELECT below.top, region.code FROM below JOIN people_region region ON region.parent_id = below.code)
    SELECT top, code FROM below"""


@dataclass(frozen=True, slots=True)
class Held:
    """A post as it is asked about again and again: without a query."""

    role: str
    organisation_id: int
    regions: frozenset[str]  # what a bureau's post covers; nothing for other organisations
    since: datetime.date
    until: datetime.date | None

    def in_force(self, on) -> bool:
        return self.since <= on and (self.until is None or on <= self.until)

    def covers(self, region, organisation_id) -> bool:
        return region in self.regions or (organisation_id is not None and organisation_id == self.organisation_id)


def posts_of(user, at) -> tuple[Held, ...]:
    """Her posts in force at that moment, the main one first. Read once per user object, in two queries."""
    on = timezone.localdate(at)
    return tuple(held for held in _held(user) if held.in_force(on))


def holds(user, permission: str, region: str, organisation_id: int | None, at) -> bool:
    """Whether a post in force gives her that permission there; an undeclared permission is a KeyError."""
    allowed = roles.allowed(permission)
    if not user.is_active:
        return False
    return user.is_superuser or any(held.role in allowed and held.covers(region, organisation_id) for held in posts_of(user, at))


def role_over(user, region: str, organisation_id: int | None, at) -> str:
    """The role in which she meets that region or organisation; '' if in none."""
    return next((held.role for held in posts_of(user, at) if held.covers(region, organisation_id)), "")


def regions_of(user, permission: str, at) -> frozenset[str]:
    """Codes of the regions, counties and towns below included, where a bureau post gives her that permission. A superuser's posts alone."""
    allowed = roles.allowed(permission)
    return frozenset().union(*(held.regions for held in posts_of(user, at) if held.role in allowed))


def organisations_of(user, permission: str, at) -> frozenset[int]:
    """Ids of the organisations at which a post gives her that permission."""
    allowed = roles.allowed(permission)
    return frozenset(held.organisation_id for held in posts_of(user, at) if held.role in allowed)


def holds_anywhere(user, permission: str, at) -> bool:
    """Whether any post in force gives her that permission, wherever; for menus and empty lists, never for a row."""
    allowed = roles.allowed(permission)
    return user.is_active and (user.is_superuser or any(held.role in allowed for held in posts_of(user, at)))


def home_of(user, at) -> str:
    """The region of her bureau posts, for pages that everybody may read and that begin with one's own; '' for others."""
    return min(frozenset().union(*(held.regions for held in posts_of(user, at))), default="")


def region_of(user, at) -> str:
    """Whose auditors answer for what this account does: of her main post in force, else of her last one, else where she is insured."""
    on = timezone.localdate(at)
    held = list(user.posts.order_by("-principal", "-since", "pk").values_list("organisation__region", "since", "until")) if user.pk else []
    in_force = [region for region, since, until in held if since <= on and (until is None or on <= until)]
    return next(iter([*in_force, *(region for region, _since, _until in held)]), user.person.region_id if user.person_id else "")


def reachable_by(user, at) -> QuerySet[Person]:
    """The persons whose records she may open: herself, those she acts for, those insured where a post lets her read."""
    if not user.is_active:
        return Person.objects.none()
    if user.is_superuser:
        return Person.objects.all()
    return Person.objects.filter(authority.acted_for_by(user, at) | Q(region__in=regions_of(user, "people.read", at)))


def below(code: str) -> frozenset[str]:
    """A region and everything that lies in it; nothing for a code that is none."""
    return _below({code}).get(code, frozenset())


def _held(user):
    """Cached on the user object, which lives for one request or one task."""
    if "_held_posts" not in user.__dict__:
        user.__dict__["_held_posts"] = _load(user) if user.pk and user.is_staff else ()  # only staff leave an event for what they read
    return user.__dict__["_held_posts"]


def _load(user):
    held = user.posts.order_by("-principal", "-since", "pk").values_list(
        "role", "organisation", "organisation__kind", "organisation__region", "since", "until")
    posts = [(*post, post[2] == Organisation.Kind.BUREAU) for post in held]
    below = _below({region for _role, _organisation, _kind, region, _since, _until, bureau in posts if bureau})
    return tuple(Held(role, organisation, below[region] if bureau else frozenset(), since, until)
                 for role, organisation, _kind, region, since, until, bureau in posts)


def _below(codes):
    """{code: itself and everything below it}, in one statement of our own: every request of staff asks it."""
    if not codes:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(BELOW, [list(codes)])
        found = cursor.fetchall()
    return {top: frozenset(code for of, code in found if of == top) for top in codes}
