"""Legal time against a second author: no arithmetic, one day or one hour ticked off after the other."""
import os
import random
from datetime import date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from xinyijian.casework.days import SHANGHAI
from xinyijian.casework.legal_time import days, hours, months, working_days
from xinyijian.policies.calendar import Calendar

FIRST = datetime(2025, 12, 1, tzinfo=SHANGHAI)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
OFF_DAYS = ("01-01 01-02 01-03 02-15 02-16 02-17 02-18 02-19 02-20 02-21 02-22 02-23 04-04 04-05 04-06 05-01 05-02 05-03 05-04 "
            "05-05 06-19 06-20 06-21 09-25 09-26 09-27 10-01 10-02 10-03 10-04 10-05 10-06 10-07")
MADE_UP_DAYS = "01-04 02-14 02-28 05-09 09-20 10-10"
OFF = {date.fromisoformat(f"2026-{day}") for day in OFF_DAYS.split()}
MADE_UP = {date.fromisoformat(f"2026-{day}") for day in MADE_UP_DAYS.split()}
CALENDAR = Calendar(frozenset(OFF), frozenset(MADE_UP), date(2026, 12, 31))


def office_is_open(day):
    if day.year != 2026:
        return f"{day:%a}" not in ("Sat", "Sun") and f"{day:%m-%d}" not in ("01-01", "05-01", "05-02", "10-01", "10-02", "10-03")
    return day in MADE_UP or (f"{day:%a}" not in ("Sat", "Sun") and day not in OFF)


def rests(start, end, pauses):
    return any(a < b and a < end and start < b for a, b, why in pauses)


def tick_hours(start, count, pauses):
    while count:
        count -= not rests(start, start + HOUR, pauses)
        start += HOUR
    return start


def tick_days(start, count, counts, pauses):
    day = start.replace(hour=0)
    while count:
        day += DAY
        count -= counts(day.date()) and not rests(day, day + DAY, pauses)
    return day + DAY


def corresponding_day(start, count):
    day = start.replace(day=1, hour=0)
    while count:
        day += DAY
        count -= day.day == 1
    month = day.month
    while day.day < start.day and (day + DAY).month == month:
        day += DAY
    return (day - start.replace(hour=0)).days


def tick_to_open(end):
    while not office_is_open((end - DAY).date()):
        end += DAY
    return end


def check(start, count, unit, pauses, rolled):
    pauses = [(FIRST + HOUR * first, FIRST + HOUR * (first + length), "why") for first, length in pauses]
    start = FIRST + HOUR * start
    if unit == "hours":
        term, end = hours(start, count), tick_hours(start, count, pauses)
    elif unit == "working days":
        term, end = working_days(start, count, CALENDAR), tick_days(start, count, office_is_open, pauses)
    elif unit == "days":
        term, end = days(start, count), tick_days(start, count, lambda day: True, pauses)
    else:
        count %= 14
        term, end = months(start, count), tick_days(start, corresponding_day(start, count), lambda day: True, pauses)
    term = term.resting(pauses)
    if rolled and unit != "hours":
        term, end = term.rolled(CALENDAR), tick_to_open(end)
    assert term.at == end, (start, count, unit, pauses, term.words())
    assert len(term.words()) >= 1


UNITS = ["hours", "days", "working days", "months"]
PAUSES = st.lists(st.tuples(st.integers(0, 13_000), st.integers(0, 400)), max_size=5)


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 12_000), st.integers(0, 80), st.sampled_from(UNITS), PAUSES, st.booleans())
def test_legal_time_agrees_with_ticking_off_days_and_hours(start, count, unit, pauses, rolled):
    check(start, count, unit, pauses, rolled)


def test_thousands_of_random_periods_with_pauses_near_them_agree_too():
    seed = int(os.environ.get("SEED", random.randrange(10**9)))
    print("SEED", seed)
    dice = random.Random(seed)
    for _n in range(int(os.environ.get("CASES", 4_000))):
        start = dice.randrange(9_000)
        pauses = [(start - 100 + dice.randrange(1_500), dice.randrange(200)) for _p in range(dice.randrange(5))]
        check(start, dice.randrange(60), dice.choice(UNITS), pauses, dice.random() < 0.5)


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 60), st.integers(0, 40), st.sets(st.integers(0, 120), max_size=25), st.sets(st.integers(0, 120), max_size=25))
def test_publishing_a_year_never_moves_a_told_date_against_the_person(start, count, holidays, made_up):
    start, new_year = datetime(2026, 11, 23, tzinfo=SHANGHAI) + DAY * start, date(2027, 1, 1)
    told = working_days(start, count, CALENDAR)
    holidays = {new_year + DAY * n for n in holidays}
    published = Calendar(
        frozenset(OFF | holidays), frozenset(MADE_UP | {new_year + DAY * n for n in made_up} - holidays), date(2027, 12, 31))
    again = working_days(start, count, published)
    assert again.never_before(told.at).at >= told.at >= again.never_after(told.at).at
    assert again.never_before(told.at).at >= again.at >= again.never_after(told.at).at
    if not told.provisional:
        assert again.at == told.at
