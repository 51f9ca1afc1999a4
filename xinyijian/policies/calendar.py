"""Working days as data: what the State Council publishes each year, and what the law fixes before it does."""
import hashlib
from dataclasses import dataclass, field
from datetime import date, timedelta

WARN_DAYS = 60
# New Year, Labour Day and National Day fall on the same dates every year; the lunar ones must come from the table.
FIXED_HOLIDAYS = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})


@dataclass(frozen=True, eq=False)
class Calendar:
    """Equal only to itself, so that it is a cheap key for memoised arithmetic; compare `version` for content."""

    holidays: frozenset[date]
    make_up_days: frozenset[date]
    published_until: date
    published_from: date = date.min
    version: str = field(default="", init=False)

    def __post_init__(self):
        content = [sorted(map(str, self.holidays)), sorted(map(str, self.make_up_days)), self.published_from, self.published_until]
        object.__setattr__(self, "version", hashlib.sha256(repr(content).encode()).hexdigest()[:12])

    def is_published(self, day: date) -> bool:
        return self.published_from <= day <= self.published_until

    def is_working(self, day: date) -> bool:
        """Whether offices work; outside the published years by weekends and the holidays that the law fixes."""
        if day in self.make_up_days:
            return True
        if day.weekday() > 4 or day in self.holidays:
            return False
        return self.is_published(day) or (day.month, day.day) not in FIXED_HOLIDAYS

    def next_working_day(self, day: date) -> date:
        """The first working day after `day`."""
        day += timedelta(days=1)
        while not self.is_working(day):
            day += timedelta(days=1)
        return day

    def warn_before_end(self, on: date, days: int = WARN_DAYS) -> int | None:
        """Days left when the published calendar ends within `days` days of `on` (negative: it has ended), else None."""
        left = (self.published_until - on).days
        return left if left < days else None


def calendar() -> Calendar:
    """The working days of all years that are loaded, as this process remembers them."""
    from .params import current_book

    return current_book().calendar
