"""Counting: one query a column, whatever the number of cases, and the list behind a figure by the very same query."""
from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Count
from django.db.models.functions import TruncMonth

from xinyijian.people import scope
from xinyijian.people.models import Region
from xinyijian.policies import params_for

from ..days import day_of, start_of
from ..models import Docket
from .columns import COLUMNS

PERMISSION = "casework.report"
SIZE = 50
REASONS = """SELECT docket.kind, found.code, count(*) FROM casework_decision decision
JOIN casework_docket docket ON docket.id = decision.docket_id JOIN audit_event event ON event.id = decision.event_id
CROSS JOIN LATERAL (
  SELECT answer->>1 AS code FROM jsonb_array_elements(decision.answers) answer WHERE answer->>1 <> ''
  UNION SELECT reason FROM jsonb_array_elements_text(
    CASE WHEN jsonb_typeof(event.data->'reasons') = 'array' THEN event.data->'reasons' ELSE '[]' END) reason) found
WHERE decision.outcome = 'refused' AND decision.at >= %s AND decision.at < %s AND (%s OR docket.region_id = ANY(%s))
GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2"""


@dataclass(frozen=True, slots=True)
class Span:
    """Whose figures, and of which months: from the first day of one to the first day after another."""

    regions: frozenset | None  # None: all
    since: date
    until: date


@dataclass(frozen=True, slots=True)
class Figures:
    """{(kind, region, month): n} of each column, why cases were refused, and below which number nothing is shown."""

    cells: dict
    reasons: list
    regions: dict
    least: int

    def by(self, part) -> dict:
        """{kind, region or month: {column: n}} in the order of the keys; part 0, 1 or 2."""
        found = {}
        for name, cells in self.cells.items():
            for key, count in cells.items():
                found.setdefault(key[part], Counter())[name] += count
        return dict(sorted(found.items()))

    def totals(self) -> dict:
        """{column: n}"""
        return {name: sum(cells.values()) for name, cells in self.cells.items()}


def may_read(user, at) -> bool:
    """Whether the report is hers by some post."""
    return scope.holds_anywhere(user, PERMISSION, at)


def span_of(user, at, since, until) -> Span:
    """Her regions and these months."""
    return Span(None if user.is_superuser else scope.regions_of(user, PERMISSION, at), since, until)


def figures_of(user, at, span) -> Figures:
    """All of it: one query a column, one for the reasons, one for the names of the places."""
    cells = {name: _count(column, at, span) for name, column in COLUMNS.items()}
    regions = Region.objects.in_bulk({key[1] for counted in cells.values() for key in counted})
    home = scope.home_of(user, at) or min(regions, default="")
    return Figures(cells, _reasons(span), regions, params_for("casework", home, day_of(at)).small_cell if home else 5)


def rows(name, at, span, *, kind="", region="", after=0) -> list[Docket]:
    """The cases behind a figure, a page after that key, newest first; one row more than a page says that there is a next."""
    column = COLUMNS[name]
    behind = _within(column, at, span).values(f"{column.docket}pk")
    found = Docket.objects.filter(pk__in=behind)
    for field, value in (("kind", kind), ("region", region)):
        found = found.filter(**{field: value}) if value else found
    found = found.filter(pk__lt=after) if after else found
    return list(found.select_related("person").order_by("-pk")[: SIZE + 1])


def _count(column, at, span):
    counted = _within(column, at, span).order_by().annotate(month=TruncMonth(column.when))
    keys = [f"{column.docket}kind", f"{column.docket}region", "month"]
    found = counted.values_list(*keys).annotate(n=Count("pk"))
    return {(kind, region, day_of(month).replace(day=1)): n for kind, region, month, n in found}


def _within(column, at, span):
    found = column.query(at).filter(**{f"{column.when}__gte": start_of(span.since), f"{column.when}__lt": start_of(span.until)})
    return found if span.regions is None else found.filter(**{f"{column.docket}region__in": span.regions})


def _reasons(span):
    with connection.cursor() as cursor:
        cursor.execute(REASONS, [start_of(span.since), start_of(span.until), span.regions is None, list(span.regions or ())])
        return cursor.fetchall()
