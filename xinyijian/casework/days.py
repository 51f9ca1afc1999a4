"""Moments and days where the law lives: Asia/Shanghai."""
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def local(at: datetime) -> datetime:
    """The moment on a clock in Shanghai; a naive one is a bug."""
    if at.tzinfo is None:
        raise ValueError(f"{at} has no time zone")
    return at.astimezone(SHANGHAI)


def day_of(at: datetime) -> date:
    """The calendar day of a moment."""
    return local(at).date()


def start_of(on: date) -> datetime:
    """00:00 of a day."""
    return datetime.combine(on, time(), SHANGHAI)


def end_of(on: date) -> datetime:
    """24:00 of a day, written as 00:00 of the next."""
    return start_of(on + timedelta(days=1))
