from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from django.utils import translation

from xinyijian.casework.days import SHANGHAI
from xinyijian.casework.legal_time import days, hours, later_of, months, open_pause, working_days
from xinyijian.policies.calendar import Calendar


def span(first, last):
    return {first + timedelta(days=n) for n in range((last - first).days + 1)}


CALENDAR = Calendar(
    holidays=frozenset(span(date(2026, 1, 1), date(2026, 1, 3)) | span(date(2026, 2, 15), date(2026, 2, 23))
                       | span(date(2026, 5, 1), date(2026, 5, 5)) | span(date(2026, 10, 1), date(2026, 10, 7))),
    make_up_days=frozenset({date(2026, 1, 4), date(2026, 2, 14), date(2026, 2, 28), date(2026, 5, 9), date(2026, 10, 10)}),
    published_until=date(2026, 12, 31),
)


@pytest.fixture(autouse=True)
def english():
    """What is said is compared in English."""
    with translation.override("en"):
        yield


def at(*parts):
    return datetime(*parts, tzinfo=SHANGHAI)


def test_seventy_two_hours_run_through_the_weekend_and_the_holidays():
    assert hours(at(2026, 1, 9, 17), 72).at == at(2026, 1, 12, 17)  # Friday to Monday
    assert hours(at(2026, 9, 30, 17), 72).at == at(2026, 10, 3, 17)


@pytest.mark.parametrize("start, last", [
    (date(2026, 2, 13), date(2026, 2, 25)), (date(2026, 9, 30), date(2026, 10, 10)), (date(2026, 1, 2), date(2026, 1, 6))])
def test_three_working_days_over_the_holidays_and_the_make_up_days(start, last):
    term = working_days(at(start.year, start.month, start.day, 23, 59), 3, CALENDAR)
    assert (term.last_day, term.provisional) == (last, False)
    assert term.at == at(last.year, last.month, last.day) + timedelta(days=1)


@pytest.mark.parametrize("start, count, last", [
    (at(2026, 1, 31), 1, date(2026, 2, 28)), (at(2028, 1, 31), 1, date(2028, 2, 29)), (at(2028, 2, 29), 12, date(2029, 2, 28)),
    (at(2028, 2, 29), 1, date(2028, 3, 29)), (at(2025, 11, 30), 3, date(2026, 2, 28)), (at(2026, 5, 31), 3, date(2026, 8, 31)),
    (at(2026, 10, 31), 3, date(2027, 1, 31)), (at(2025, 12, 1), 3, date(2026, 3, 1)), (at(2026, 12, 31, 23, 59), 1, date(2027, 1, 31))])
def test_months_end_on_the_corresponding_day_or_the_last_one(start, count, last):
    assert months(start, count).last_day == last
    assert months(start, count).at == at(last.year, last.month, last.day) + timedelta(days=1)


def test_a_last_day_on_a_holiday_rolls_to_the_end_of_the_next_working_day():
    assert months(at(2026, 7, 1), 3).rolled(CALENDAR).at == at(2026, 10, 9)  # 8 October, 24:00
    saturday_that_is_worked = months(at(2025, 11, 30), 3)
    assert saturday_that_is_worked.rolled(CALENDAR) is saturday_that_is_worked


def test_an_unpublished_year_is_provisional_and_still_knows_new_year():
    term = working_days(at(2026, 12, 31), 1, CALENDAR)
    assert (term.last_day, term.provisional) == (date(2027, 1, 4), True)
    assert "provisional" in term.words()[-1]
    assert not working_days(at(2026, 12, 30), 1, CALENDAR).provisional


def test_the_month_and_the_hour_need_no_published_calendar_but_rolling_does():
    term = months(at(2026, 11, 23), 3)
    assert not term.provisional and not hours(at(2026, 12, 31), 72).provisional
    assert term.rolled(CALENDAR).provisional


def test_publication_moves_a_told_date_only_to_the_persons_advantage():
    told = working_days(at(2026, 12, 28), 5, CALENDAR)  # 31 Dec is the third day, 4 and 5 January the last two
    assert told.last_day == date(2027, 1, 5) and told.provisional
    holidays = CALENDAR.holidays | {date(2027, 1, 1)}
    longer = Calendar(holidays | {date(2027, 1, 4)}, CALENDAR.make_up_days, date(2027, 12, 31))
    shorter = Calendar(holidays, CALENDAR.make_up_days | {date(2027, 1, 2)}, date(2027, 12, 31))
    assert working_days(at(2026, 12, 28), 5, longer).never_before(told.at).last_day == date(2027, 1, 6)
    kept = working_days(at(2026, 12, 28), 5, shorter).never_before(told.at)
    assert (kept.at, kept.provisional) == (told.at, False)
    assert "stays" in kept.words()[-1]
    assert working_days(at(2026, 12, 28), 5, longer).never_after(told.at).at == told.at
    assert working_days(at(2026, 12, 28), 5, shorter).never_after(told.at).last_day == date(2027, 1, 4)


def test_the_day_is_taken_in_shanghai_wherever_the_moment_was_written():
    assert days(datetime(2026, 1, 5, 16, 30, tzinfo=UTC), 1).last_day == date(2026, 1, 7)
    assert days(datetime(2026, 1, 5, 15, 59, tzinfo=timezone(timedelta(hours=-5))), 1).last_day == date(2026, 1, 7)
    assert days(date(2026, 1, 5), 1).last_day == date(2026, 1, 6)


@pytest.mark.parametrize("period", [hours, days, months, lambda start, n: working_days(start, n, CALENDAR)])
def test_a_moment_without_a_time_zone_is_refused(period):
    with pytest.raises(ValueError, match="time zone"):
        period(at(2026, 1, 5, 9).replace(tzinfo=None), 3)


def test_pauses_lengthen_hours_exactly_and_days_by_whole_days():
    pause = (at(2026, 2, 1, 9), at(2026, 2, 3, 12), "objection")
    assert hours(at(2026, 1, 30, 9), 72).resting([pause]).at == at(2026, 2, 4, 12)
    assert months(at(2026, 1, 5), 1).resting([pause]).last_day == date(2026, 2, 8)
    assert hours(at(2026, 1, 5, 9), 72).resting([pause]).at == at(2026, 1, 8, 9)  # over before the pause
    assert hours(at(2026, 2, 3, 12), 72).resting([pause]).at == at(2026, 2, 6, 12)  # began after it


def test_working_days_rest_by_working_days():
    weekend = (at(2026, 3, 7), at(2026, 3, 9), "moving house")
    assert working_days(at(2026, 3, 5), 3, CALENDAR).resting([weekend]).last_day == date(2026, 3, 10)
    friday_to_monday = (at(2026, 3, 6, 15), at(2026, 3, 9, 9), "moving house")
    assert working_days(at(2026, 3, 5), 3, CALENDAR).resting([friday_to_monday]).last_day == date(2026, 3, 12)


def test_a_pause_may_reach_into_the_next_pause_and_nothing_counts_twice():
    pauses = [(at(2026, 1, 6), at(2026, 1, 8), "aid"), (at(2026, 1, 9), at(2026, 1, 10), "objection")]
    assert hours(at(2026, 1, 5), 48).resting(pauses).at == at(2026, 1, 9)
    assert hours(at(2026, 1, 5), 73).resting(pauses).at == at(2026, 1, 11, 1)
    overlapping = [(at(2026, 1, 6), at(2026, 1, 8), "aid"), (at(2026, 1, 7), at(2026, 1, 9), "objection")]
    assert hours(at(2026, 1, 5), 48).resting(overlapping).at == at(2026, 1, 10)
    same_day = [(at(2026, 1, 6, 9), at(2026, 1, 6, 10), "aid"), (at(2026, 1, 6, 14), at(2026, 1, 6, 15), "objection")]
    assert days(at(2026, 1, 5), 3).resting(same_day).last_day == date(2026, 1, 9)


def test_an_open_pause_must_be_told_until_when_it_rests():
    pauses = [(at(2026, 1, 6), None, "dispute")]
    assert open_pause(pauses) == pauses[0] and open_pause([]) is None
    with pytest.raises(ValueError, match="still open"):
        hours(at(2026, 1, 5), 48).resting(pauses)
    assert hours(at(2026, 1, 5), 48).resting(pauses, until=at(2026, 1, 20)).at == at(2026, 1, 21)


def test_every_due_date_explains_itself():
    term = later_of(months(at(2026, 7, 1), 3).rolled(CALENDAR), hours(at(2026, 10, 1, 9), 1))
    assert term.words() == [
        "1 July 2026 + 3 months: end of 1 October 2026", "1 October 2026 is not a working day: end of 8 October 2026",
        "the later of end of 8 October 2026 and 1 October 2026, 10:00: end of 8 October 2026"]
    assert str(term) == "end of 8 October 2026"
    assert term.earlier(1).words()[-1] == "1 day before: end of 7 October 2026"


def test_words_are_put_together_in_the_language_of_the_reader():
    term = months(at(2026, 7, 1), 3)
    with translation.override("zh-hans"):
        assert "7" in term.words()[0] and term.words()[0] != "1 July 2026 + 3 months: end of 1 October 2026"
    assert term.words() == ["1 July 2026 + 3 months: end of 1 October 2026"]


def test_working_days_are_counted_forwards():
    with pytest.raises(ValueError, match="forwards"):
        working_days(at(2026, 1, 5), -1, CALENDAR)
    assert working_days(at(2026, 1, 3), 0, CALENDAR).last_day == date(2026, 1, 3)


def test_the_calendar_warns_sixty_days_before_it_ends():
    assert CALENDAR.warn_before_end(date(2026, 11, 1)) is None
    assert CALENDAR.warn_before_end(date(2026, 11, 2)) == 59
    assert CALENDAR.warn_before_end(date(2027, 1, 1)) == -1
