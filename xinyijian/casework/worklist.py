"""The worklist (待办): what waits for somebody's roles, earliest due first, page by page along one partial index.

Nothing here counts or skips rows: a page begins after the last row of the page before, so any depth costs the same.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from django.db import connection
from django.db.models import F, Q
from django.db.models.expressions import RawSQL

from xinyijian.people import scope
from xinyijian.people.models import Organisation, Role

from . import stand_ins
from .days import day_of, end_of
from .models import APPLICANT, Docket
from .worklist_filter import Filter, conditions, named

CAP = 1000  # rows that are counted before a count says "1000+"
SHOWN = (  # nobody's certificate, phone or address is opened for a list
    "number",
    "kind",
    "person__name",
    "status",
    "queue_role",
    "due_name",
    "due_at",
    "occurred_at",
    "region_id",
    "organisation_id",
    "claim__role",
    "claim__since",
    "claim__holder__display_name",
    "claim__holder__username",
    "claim__stand_in__since",
    "claim__stand_in__until",
    "claim__stand_in__ended_at",
    "claim__stand_in__deputy__display_name",
    "claim__stand_in__deputy__username",
)
LOADED = ("person", "claim__holder", "claim__stand_in__deputy")
# Word for word the predicate of the partial index docket_waiting.
WAITING = f"closed_at IS NULL AND NOT (queue_role IN ('', '{APPLICANT}'))"
ALL = Filter()


@dataclass(frozen=True, slots=True)
class Queues:
    """The queues that somebody works: pairs of a place and a role."""

    regions: tuple[tuple[str, str], ...]
    organisations: tuple[tuple[int, str], ...]

    def condition(self) -> Q:
        """The same as a condition on Docket, for few rows that are found otherwise."""
        found = Q(pk__in=[])
        for place, role in self.regions:
            found |= Q(region=place, queue_role=role)
        for place, role in self.organisations:
            found |= Q(organisation=place, queue_role=role)
        return found


@dataclass(frozen=True, slots=True)
class Page:
    """Rows with person, claim and holder loaded; `next` is the place after the last one, or None."""

    rows: list
    next: tuple | None


@dataclass(frozen=True, slots=True)
class Counts:
    """How much waits; every number stops at CAP, and then says so."""

    all: int
    mine: int
    overdue: int
    today: int
    kinds: dict
    oldest: datetime | None  # the earliest due date

    @property
    def capped(self) -> bool:
        return self.all > CAP


def queues_of(user, at) -> Queues:
    """By the posts in force at that moment; a superuser works every bureau's queues."""
    if user.is_superuser:
        bureaus = Organisation.objects.filter(kind=Organisation.Kind.BUREAU).values_list("region", flat=True).distinct()
        return Queues(tuple((region, role) for region in sorted(bureaus) for role in Role.values), ())
    posts = scope.posts_of(user, at)
    regions = {(region, post.role) for post in posts for region in post.regions}
    organisations = {(post.organisation_id, post.role) for post in posts if not post.regions}
    return Queues(tuple(sorted(regions)), tuple(sorted(organisations)))


def page_of(user, at, *, view="all", wish=None, after=None, size=50) -> Page:
    """One page of a view (built in, or a kind of case) or of a filter, after the place (due_at, pk): one query."""
    queues, wish = queues_of(user, at), wish or named(view)
    if wish.held in ("mine", "standin"):  # few: found by the claims
        rows = _in_hand(user, queues, wish, at, after)
    else:
        rows = Docket.objects.filter(pk__in=_ids(_union(queues, *_asked(wish, user, at, after), size + 1)))
    found = list(rows.select_related(*LOADED).only(*SHOWN).order_by("due_at", "pk")[: size + 1])
    shown = found[:size]
    return Page(shown, (shown[-1].due_at, shown[-1].pk) if len(found) > size else None)


def counts_of(user, at) -> Counts:
    """The figures of all views: two queries, each of which stops after CAP rows."""
    queues, evening = queues_of(user, at), end_of(day_of(at))
    sql, values = _union(queues, *_asked(ALL, user, at, None), CAP + 1)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT kind, count(*), count(*) FILTER (WHERE due_at <= %s),
                count(*) FILTER (WHERE due_at > %s AND due_at <= %s), min(due_at)
            FROM ({sql}) waiting GROUP BY kind ORDER BY kind""",
            [at, at, evening, *values],
        )
        rows = cursor.fetchall()
    mine = _in_hand(user, queues, named("mine"), at, None).order_by()[: CAP + 1].count()
    return Counts(
        all=sum(r[1] for r in rows),
        mine=mine,
        overdue=sum(r[2] for r in rows),
        today=sum(r[3] for r in rows),
        kinds={r[0]: r[1] for r in rows},
        oldest=min((r[4] for r in rows), default=None),
    )


def is_worked_by(docket, queues) -> bool:
    """Whether the entry stands in one of these queues now."""
    role = docket.queue_role
    return docket.closed_at is None and (
        (docket.region_id, role) in queues.regions or (docket.organisation_id, role) in queues.organisations
    )


def _ids(union):
    sql, values = union
    return RawSQL(f"SELECT id FROM ({sql}) waiting", values)


def matching(user, at, wishes) -> list[int]:
    """How many of the first CAP + 1 entries that wait fit each filter: one query, which stops there however many filters there are."""
    if not wishes:
        return []
    inner, values = _union(queues_of(user, at), *_asked(ALL, user, at, None), CAP + 1)
    asked = [conditions(wish, user, at, stand_ins.of(user, at)) for wish in wishes]
    figures = ", ".join(f"count(*) FILTER (WHERE {' AND '.join(sql) or 'true'})" for sql, _values in asked)
    with connection.cursor() as cursor:
        first = [value for _sql, some in asked for value in some]
        cursor.execute(f"SELECT {figures} FROM {Docket._meta.db_table} WHERE id IN (SELECT id FROM ({inner}) waiting)", first + values)
        return list(cursor.fetchone())


def _in_hand(user, queues, wish, at, after):
    """What the user has claimed, or somebody for whom she stands in, as long as it waits for the role in which it was claimed."""
    deputies = stand_ins.of(user, at)
    hers = Q(claim__holder__in=[one.absent_id for one in deputies])
    if wish.held == "mine":
        hers = Q(claim__holder=user) | Q(claim__stand_in__in=deputies) if deputies else Q(claim__holder=user)
    rows = Docket.objects.filter(hers, queues.condition(), closed_at=None, claim__role=F("queue_role"))
    if after:
        rows = rows.filter(Q(due_at__gt=after[0]) | Q(due_at=after[0], pk__gt=after[1]))
    sql, values = conditions(replace(wish, held=""), user, at)
    return rows.filter(pk__in=RawSQL(f"SELECT id FROM {Docket._meta.db_table} WHERE {' AND '.join(sql)}", values)) if sql else rows


def _asked(wish, user, at, after):
    """(conditions, values) of what waits, of the filter, and of the place after which the page begins."""
    found, values = conditions(wish, user, at, stand_ins.of(user, at) if wish.held else ())
    place = (["(due_at, id) > (%s, %s)"], list(after)) if after else ([], [])
    return [WAITING, *found, *place[0]], [*values, *place[1]]


def _union(queues, asked, asked_values, size):
    """The first rows of each queue, each found by the index, merged by due date."""
    table = Docket._meta.db_table
    branches = [
        _branch(column, places, asked, asked_values, size)
        for column, places in (("region_id", queues.regions), ("organisation_id", queues.organisations))
        if places
    ]
    sql = " UNION ".join(f"({one})" for one, _values in branches) or f"SELECT id, due_at, kind FROM {table} WHERE false"
    values = [v for _one, values in branches for v in values]
    return f"SELECT id, due_at, kind FROM ({sql}) merged ORDER BY due_at, id LIMIT %s", [*values, size]


def _branch(column, places, asked, asked_values, size):
    cast = "text" if column == "region_id" else "bigint"
    sql = f"""SELECT d.id, d.due_at, d.kind FROM unnest(%s::{cast}[], %s::text[]) AS queue(place, role) CROSS JOIN LATERAL (
        SELECT id, due_at, kind FROM {Docket._meta.db_table}
        WHERE {column} = queue.place AND queue_role = queue.role AND {" AND ".join(asked)}
        ORDER BY due_at, id LIMIT %s) d"""
    return sql, [[p for p, _role in places], [role for _p, role in places], *asked_values, size]
