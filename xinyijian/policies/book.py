"""All values in force and the calendar, as read from the tables at one moment."""
import hashlib
from collections import defaultdict
from datetime import date
from functools import cached_property

from .calendar import Calendar
from .models import CalendarDay, CalendarYear, Value, Version
from .parameters import DECLARED
from .params import Source, check_day, digest, make, places

MOST_FOUND = 50_000


def token():
    """What changes whenever a value, a reference or the calendar does; None while nothing has ever been loaded."""
    return Version.objects.values_list("token", flat=True).first()


class Book:
    """Read once; `found` remembers every answer."""

    def __init__(self):
        self.token = token()  # before the values: what changes in between is noticed at the next refresh
        self.found, self._made = {}, {}
        self._rows = defaultdict(list)
        for row in Value.objects.filter(in_force=True).select_related("reference"):
            self._rows[row.service, row.name, row.region].append(row)
        self.calendar = read_calendar()

    def find(self, service: str, region: str, on: date):
        """As params_for, and remembered."""
        check_day(on)
        values, sources = {}, {}
        for parameter in self._declared(service):
            row = self.row(service, parameter.name, region, on)
            if row:
                values[parameter.name], sources[parameter.name] = parameter.read(row.content), _source(row)
        missing = sorted(DECLARED[service].keys() - values.keys())
        if missing:
            raise LookupError(f"{service} has no value in {region} on {on} for: {', '.join(missing)}")
        return self._remember(service, region, on, values, sources)

    def row(self, service: str, name: str, region: str, on: date) -> Value | None:
        """The row in force, of the smallest place that has one."""
        for place in places(region):
            for row in self._rows.get((service, name, place), ()):
                if _holds(row, on):
                    return row
        return None

    def anywhere(self, service: str, name: str, on: date) -> set:
        """The typed values in force in any place; a walk over all rows of the book."""
        rows = (row for key, found in self._rows.items() if key[:2] == (service, name) for row in found)
        return {DECLARED[service][name].read(row.content) for row in rows if _holds(row, on)}

    @cached_property
    def version(self) -> str:
        """Of everything by which dates are computed: the values with their days, and the calendar."""
        rows = [(*key, row.content, row.valid_from, row.valid_until) for key, found in self._rows.items() for row in found]
        return hashlib.sha256(repr([self.calendar.version, *sorted(map(repr, rows))]).encode()).hexdigest()[:12]

    def _declared(self, service):
        if service not in DECLARED:
            raise LookupError(f"no service has declared parameters as {service}")
        return DECLARED[service].values()

    def _remember(self, service, region, on, values, sources):
        version = digest(service, values, sources)
        if version not in self._made:
            self._made[version] = make(service, version, self.calendar, values, sources)
        if len(self.found) > MOST_FOUND:
            self.found.clear()
        self.found[service, region, on] = self._made[version]
        return self._made[version]


def _holds(row, on):
    return row.valid_from <= on and (row.valid_until is None or on <= row.valid_until)


def read_calendar() -> Calendar:
    """The calendar of the tables; published are the years in a row from the first one."""
    days = defaultdict(set)
    for day, kind in CalendarDay.objects.values_list("day", "kind"):
        days[kind].add(day)
    years = set(CalendarYear.objects.filter(published=True).values_list("year", flat=True))
    first = last = min(years, default=1970)
    while last + 1 in years:
        last += 1
    return Calendar(frozenset(days["holiday"]), frozenset(days["makeup"]), date(last, 12, 31), date(first, 1, 1))


def _source(row: Value) -> Source:
    reference = row.reference
    titles = (reference.title, reference.title_en) if reference else ("", "")
    return Source(row.grade, row.reference_id or "", titles, (row.note, row.note_en), row.region)
