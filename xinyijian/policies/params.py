"""Values in force: looked up by service, region and day from a book that is read once per change of the tables.

The book is not asked again on each call. `refresh()` asks the database for the token of the tables, at most once a
second, and drops the book when it differs; the middleware calls it per request and the clock per tick. A process
whose edge forgets to do so still notices after MAX_AGE seconds.
"""
import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from time import monotonic

from django.utils.translation import get_language

from .calendar import Calendar
from .parameters import DECLARED, stored

MAX_AGE = 60.0  # seconds
MIN_AGE = 1.0
_book = None
_asked = 0.0


@dataclass(frozen=True, slots=True)
class Source:
    """What a value rests on: grade is sourced, assumed or unverified; id names a requirement or a document."""

    grade: str
    id: str
    titles: tuple[str, str] = ("", "")  # Chinese, English
    notes: tuple[str, str] = ("", "")
    region: str = ""

    @property
    def title(self) -> str:
        return self.titles[get_language() == "en"]

    @property
    def note(self) -> str:
        return self.notes[get_language() == "en"]


class Params:
    """The values of one service in one place on one day, as attributes; equal content is one object and one version."""

    __slots__ = ("service", "version", "calendar", "_sources", "_snapshot")

    def source(self, name: str) -> Source:
        """What the value rests on."""
        return self._sources[name]

    def marked(self) -> tuple[str, ...]:
        """The names of values that are assumed or not verified."""
        return tuple(name for name, source in self._sources.items() if source.grade != "sourced")

    def snapshot(self) -> dict:
        """Plain JSON for a stored decision; one dict for all, so nobody may change it."""
        if self._snapshot is None:
            self._snapshot = {
                "service": self.service, "version": self.version, "calendar": self.calendar.version,
                "values": {name: stored(getattr(self, name)) for name in self._sources},
                "sources": {name: [source.grade, source.id] for name, source in self._sources.items()},
            }
        return self._snapshot

    @classmethod
    def from_snapshot(cls, snapshot: dict, calendar: Calendar | None = None) -> "Params":
        """The values of an old decision again, typed as declared today; what is no longer declared stays plain JSON.

        The calendar is today's unless given; `snapshot["calendar"]` tells whether it is still the one of then.
        """
        declared = DECLARED.get(snapshot["service"], {})
        values = {name: declared[name].read(value) if name in declared else value for name, value in snapshot["values"].items()}
        sources = {name: Source(*source) for name, source in snapshot["sources"].items()}
        return make(snapshot["service"], snapshot["version"], calendar or current_book().calendar, values, sources)


def make(service: str, version: str, calendar: Calendar, values: dict, sources: dict) -> Params:
    """Params with these values; tests and snapshots use it, everybody else asks `params_for`."""
    params = _class_of(tuple(values))()
    params.service, params.version, params.calendar, params._sources = service, version, calendar, sources
    params._snapshot = None
    for name, value in values.items():
        setattr(params, name, value)
    return params


def params_for(service: str, region: str, on: date) -> Params:
    """The values in force; county before city before province. LookupError names every parameter without a value."""
    book = _current()
    try:
        return book.found[service, region, on]
    except KeyError:
        return book.find(service, region, on)


def values_anywhere(service: str, name: str, on: date) -> set:
    """Every value of one parameter that is in force somewhere, for what must be asked before the place is known."""
    check_day(on)
    return _current().anywhere(service, name, on)


def current_book():
    """The book itself, for pages that show where values come from."""
    return _current()


def refresh(*, now: bool = False) -> None:
    """Notice what other processes changed; at most one query a second, unless `now`."""
    global _asked
    book = _book
    if book is None or not now and monotonic() - _asked < MIN_AGE:
        return
    from .book import token

    if token() != book.token:
        forget()
    _asked = monotonic()


def forget() -> None:
    """Drop everything that this process remembers."""
    global _book
    _book = None


def digest(service: str, values: dict, sources: dict) -> str:
    """The version of a content: values, grades and sources, not the wording."""
    content = [service, {name: [stored(value), sources[name].grade, sources[name].id] for name, value in values.items()}]
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:12]


def places(region: str) -> tuple[str, str, str]:
    """The region and those above it, by its division code: county, city, province."""
    return region[:6], region[:4] + "00", region[:2] + "0000"


def check_day(on) -> None:
    """A moment instead of a day would be a different key every time."""
    if isinstance(on, datetime) or not isinstance(on, date):
        raise TypeError(f"policies are valid by the day, and {on!r} is not a day")


def _current():
    global _book, _asked
    book = _book
    if book is not None and monotonic() - _asked < MAX_AGE:
        return book
    refresh(now=True)
    book = _book
    if book is None:
        from .book import Book

        book = _book = Book()
        _asked = monotonic()
    return book


@lru_cache(maxsize=200)
def _class_of(names: tuple[str, ...]) -> type[Params]:
    return type("Params", (Params,), {"__slots__": names})
