"""From when until when a filing counts. Pure: its own fields and policy."""
from datetime import date

from xinyijian.casework.days import day_of
from xinyijian.casework.legal_time import months

from .states import LONG, Occasion, Type


def of_filing(filing, params, at) -> tuple[date, date | None]:
    """(first day, last day or None for no end), both included, as of the acceptance."""
    start = _start(filing, at)
    return start, filing.end_on or _end(filing, params, start)


def _start(filing, at):
    """Never before the day on which it was truly asked; but a stay that is not settled yet is covered from its first day."""
    if counts_from_admission(filing):
        return filing.admitted_on
    today = day_of(filing.occurred_at or at)
    return max(filing.start_on, min(today, filing.end_on or today))


def first_day_of_a_stay(filing, at) -> date:
    """Of care that has begun nobody chooses the first day: it is the admission, or the day of asking where it does not reach back.

    What comes back to be mended was asked when it was first sent.
    """
    return filing.admitted_on if counts_from_admission(filing) else day_of(filing.occurred_at or filing.first_sent_at or at)


def _end(filing, params, start):
    if filing.type == Type.EMERGENCY and filing.discharge_at:
        return max(start, day_of(filing.discharge_at))
    lasts = params.long_term_months if filing.type in LONG else params.temporary_months
    return months(start, lasts).last_day if lasts else None


def counts_from_admission(filing) -> bool:
    """Whether it reaches back: filed before the bill of a stay was settled, or an emergency, which counts as filed (S3.6)."""
    return bool(filing.admitted_on) and (filing.occasion == Occasion.ADMITTED or filing.type == Type.EMERGENCY)
