"""Ageing of open gaps (容缺台账): how many documents are still owed, by service, region and age; each figure opens its list."""
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Case, Count, IntegerField, Value, When

from xinyijian.people import scope

from . import words
from .models import Deficiency, Docket

PERMISSION = "casework.verify_gap"
BANDS = (7, 14, 30, 60)  # days; the last band is everything older
SIZE = 50
State = Deficiency.State
OPEN = (State.OWED, State.GIVEN, State.OVERDUE)


@dataclass(frozen=True, slots=True)
class Line:
    """One service in one region: a figure for each band, the sum, and how many of them are overdue or wait to be checked."""

    kind: str
    region: object
    cells: list
    total: int
    overdue: int
    given: int

    @property
    def title(self) -> str:
        return words.title(self.kind)


def may_read(user, at) -> bool:
    """Whether the report is hers: whoever checks such documents somewhere."""
    return scope.holds_anywhere(user, PERMISSION, at)


def lines(user, at) -> list[Line]:
    """One query whatever its size, and one for the names of the regions."""
    counted = _within(user, at).annotate(band=_band(at)).order_by().values_list("docket__kind", "docket__region", "band", "state")
    figures, regions = {}, {}
    for kind, region, band, state, count in counted.annotate(n=Count("pk")):
        cells, states = figures.setdefault((kind, region), ([0] * (len(BANDS) + 1), {}))
        cells[band] += count
        states[state] = states.get(state, 0) + count
    regions = Docket._meta.get_field("region").related_model.objects.in_bulk({region for _kind, region in figures})
    return [Line(kind, regions[region], cells, sum(cells), states.get(State.OVERDUE, 0), states.get(State.GIVEN, 0))
            for (kind, region), (cells, states) in sorted(figures.items())]


def rows(user, at, *, kind, region, band=None, state=None, after=0) -> list[Deficiency]:
    """The documents behind one figure, a page after that key, oldest first; one row more than a page says that there is a next."""
    found = _within(user, at).filter(docket__kind=kind, docket__region=region, pk__gt=after)
    found = found.annotate(band=_band(at)).filter(band=band) if band is not None else found
    found = found.filter(state=state) if state else found
    return list(found.select_related("docket__person").order_by("pk")[: SIZE + 1])


def _within(user, at):
    mine = Docket.objects.visible_to(user, at)
    if not user.is_superuser:
        mine = mine.filter(region__in=scope.regions_of(user, PERMISSION, at))
    return Deficiency.objects.filter(state__in=OPEN, docket__in=mine.values("pk"))


def _band(at):
    younger = [When(since__gt=at - timedelta(days=days), then=Value(band)) for band, days in enumerate(BANDS)]
    return Case(*younger, default=Value(len(BANDS)), output_field=IntegerField())
