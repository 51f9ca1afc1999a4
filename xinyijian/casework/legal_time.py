"""Legal time: from a start to the instant when a period is over, with the way there in words.

Every function returns a Term. A day ends at 24:00 Asia/Shanghai, written as 00:00 of the next day,
so "due" always means `now >= term.at`. The day of the event itself is never counted (Civil Code 200-204).
Rest first, roll last: `months(start, 3).resting(pauses).rolled(calendar)`.
"""
from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from django.utils.dateformat import format as date_words
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from xinyijian.policies.calendar import Calendar

from .days import end_of, local

DAY = timedelta(days=1)
DAY_FORMAT = _("j F Y")  # a format of Django's date filter, so that each language has its own order
HOURS = ngettext_lazy("{start} + {count} hour: {until}", "{start} + {count} hours: {until}", "count")
DAYS = ngettext_lazy("{start} + {count} day: {until}", "{start} + {count} days: {until}", "count")
WORKING_DAYS = ngettext_lazy("{start} + {count} working day: {until}", "{start} + {count} working days: {until}", "count")
MONTHS = ngettext_lazy("{start} + {count} month: {until}", "{start} + {count} months: {until}", "count")
EARLIER = ngettext_lazy("{count} day before: {until}", "{count} days before: {until}", "count")
RESTED = _("rested from {start} to {end} ({because}): {until}")
ROLLED = _("{day} is not a working day: {until}")
LATER_OF = _("the later of {one} and {other}: {until}")
TOLD = _("{told} had been told and stays")
PROVISIONAL = _("provisional: the holidays of that year are not published yet")
Pause = tuple[datetime, datetime | None, str]  # from, to (None: still open), why


@dataclass(frozen=True, slots=True)
class Term:
    """The instant when a period is over, and how it was found."""

    at: datetime
    steps: tuple = ()  # (format, values): put into words only when somebody asks
    provisional: bool = False
    start: datetime | None = None  # when it began to run; a pause before that lengthens nothing
    counts: Callable[[date], bool] | None = field(default=None, compare=False, repr=False)  # which days; None: by the clock

    def __str__(self) -> str:
        return _in_words(self.at)

    def words(self) -> list[str]:
        """The computation step by step, in the active language."""
        lines = [text.format(**{name: _in_words(value) for name, value in values.items()}) for text, values in self.steps]
        return lines + [str(PROVISIONAL)] * self.provisional

    @property
    def last_day(self) -> date:
        """The last day that still belongs to the period, in Shanghai."""
        return (local(self.at) - timedelta(microseconds=1)).date()

    def then(self, at: datetime, text, provisional: bool = False, **values) -> "Term":
        """The same period ending at `at`, with one more step of explanation."""
        step = (text, {**values, "until": at})
        return Term(at, (*self.steps, step), self.provisional or provisional, self.start, self.counts)

    def resting(self, pauses: Iterable[Pause], until: datetime | None = None) -> "Term":
        """Longer by every pause inside the period; a term of days does not count a day on which it rested at all.

        A pause without an end rests until `until`; without that it is a ValueError, because then nothing is due.
        """
        term, rested = self, self.start
        for start, end, because in sorted(pauses, key=lambda pause: pause[0]):
            start, end = local(start), local(_end(end, until))
            if end <= start:
                continue
            whole = end if self.counts is None else _midnight_after(end)
            at = term._after(max(start, rested or start), whole)
            rested = max(whole, rested or whole)
            if at != term.at:
                term = term.then(at, RESTED, start=start, end=end, because=because)
        return term

    def _after(self, start: datetime, end: datetime) -> datetime:
        """The end of this period when it rests from `start` to `end` (a midnight, in a term of days)."""
        if start >= min(end, self.at):
            return self.at
        if self.counts is None:
            return self.at + (end - start)
        day, last = start.date(), self.last_day
        while day <= last and day < end.date():
            if self.counts(day):
                last = _next(last, self.counts)
            day += DAY
        return end_of(last)

    def rolled(self, calendar: Calendar) -> "Term":
        """To the end of the next working day, when the last day is not one."""
        last = day = self.last_day
        if not calendar.is_working(day):
            day = calendar.next_working_day(day)
        provisional = not calendar.is_published(day)
        if day != last:
            return self.then(end_of(day), ROLLED, provisional, day=last)
        if provisional and not self.provisional:
            return Term(self.at, self.steps, True, self.start, self.counts)
        return self

    def earlier(self, days: int) -> "Term":
        """So many calendar days before, for reminders."""
        return self.then(self.at - timedelta(days=days), EARLIER, count=days)

    def never_before(self, told: datetime | None) -> "Term":
        """For what a person must do: a date that she has been told may move later, never earlier."""
        return self if told is None or self.at >= told else self.then(local(told), TOLD, told=told)

    def never_after(self, told: datetime | None) -> "Term":
        """For what the office must do: a date that a person has been told may move earlier, never later."""
        return self if told is None or self.at <= told else self.then(local(told), TOLD, told=told)


def hours(start: datetime, count: int) -> Term:
    """Hours run through nights, weekends and holidays."""
    start = local(start)
    at = start + timedelta(hours=count)
    return Term(at, ((HOURS, {"start": start, "count": count, "until": at}),), start=start)


def days(start: datetime | date, count: int) -> Term:
    """Calendar days: no calendar needs to be published."""
    return _days(_day(start), count)


def working_days(start: datetime | date, count: int, calendar: Calendar) -> Term:
    """Working days by the calendar; provisional when it reaches into an unpublished year."""
    return _working_days(_day(start), count, calendar)


def months(start: datetime | date, count: int) -> Term:
    """To the corresponding day of the last month, or to its last day where there is none."""
    return _months(_day(start), count)


def later_of(one: Term, other: Term) -> Term:
    """Whichever ends later; provisional when either is, because publication may turn them round."""
    late, early = (one, other) if one.at >= other.at else (other, one)
    return late.then(late.at, LATER_OF, early.provisional, one=late.at, other=early.at)


def open_pause(pauses: Iterable[Pause]) -> Pause | None:
    """The pause that has no end yet: while there is one, nothing that rests on it is due."""
    return next((pause for pause in pauses if pause[1] is None), None)


@lru_cache(maxsize=20_000)
def _days(first: date, count: int) -> Term:
    return _term(DAYS, first, count, first + count * DAY, _every_day)


@lru_cache(maxsize=20_000)
def _working_days(first: date, count: int, calendar: Calendar) -> Term:
    if count < 0:
        raise ValueError("working days are counted forwards")
    last = first
    for _n in range(count):
        last = calendar.next_working_day(last)
    return _term(WORKING_DAYS, first, count, last, calendar.is_working, not calendar.is_published(last))


@lru_cache(maxsize=20_000)
def _months(first: date, count: int) -> Term:
    year, month = divmod(first.year * 12 + first.month - 1 + count, 12)
    last = date(year, month + 1, min(first.day, monthrange(year, month + 1)[1]))
    return _term(MONTHS, first, count, last, _every_day)


def _term(text, first: date, count: int, last: date, counts, provisional=False) -> Term:
    at = end_of(last)
    return Term(at, ((text, {"start": first, "count": count, "until": at}),), provisional, end_of(first), counts)


def _every_day(day: date) -> bool:
    return True


def _next(day: date, counts) -> date:
    day += DAY
    while not counts(day):
        day += DAY
    return day


def _end(end: datetime | None, until: datetime | None) -> datetime:
    if end is None and until is None:
        raise ValueError("a pause is still open: say until when it rests")
    return end or until


def _day(start: datetime | date) -> date:
    return local(start).date() if isinstance(start, datetime) else start


def _midnight_after(moment: datetime) -> datetime:
    return end_of((moment - timedelta(microseconds=1)).date())


def _in_words(value) -> object:
    """A day or moment as people write it; midnight is the end of the day before."""
    if isinstance(value, datetime):
        value = local(value)
        if value.time() == time():
            return str(_("end of {day}")).format(day=_in_words(value.date() - DAY))
        return str(_("{day}, {time}")).format(day=_in_words(value.date()), time=f"{value:%H:%M}")
    return date_words(value, str(DAY_FORMAT)) if isinstance(value, date) else value
