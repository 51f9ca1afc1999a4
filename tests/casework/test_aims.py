"""A calendar that is published: every open case is aimed anew, once, and nothing moves against the person."""
from datetime import timedelta

import pytest

from remote_care.models import Filing
from tests import filings
from tests.town import JAN_5, make_person
from xinyijian.casework import aims, business_time, clock
from xinyijian.casework.days import day_of, end_of
from xinyijian.casework.models import Aim
from xinyijian.policies import forget
from xinyijian.policies.models import CalendarDay, CalendarYear

DAY = timedelta(days=1)


@pytest.fixture
def filing(town):
    filing = filings.in_force(town, at=JAN_5)
    aims.follow_the_calendar(JAN_5)
    return filing


def test_nothing_is_done_twice_for_one_version(filing):
    assert aims.follow_the_calendar(JAN_5) == 0
    assert Aim.objects.count() == 1


def test_one_more_holiday_moves_the_reminder_of_an_open_case_later(filing):
    year = CalendarYear.objects.get(year=2026)
    CalendarDay.objects.create(year=year, day=(JAN_5 + DAY).date(), kind="holiday", name="x")
    forget()
    assert aims.follow_the_calendar(JAN_5 + DAY) == 1
    assert Filing.objects.get(pk=filing.pk).next_due_at > filing.next_due_at
    assert clock.tick(filing.next_due_at) == 0


def test_one_holiday_less_moves_nothing_earlier_than_was_told(filing):
    CalendarDay.objects.filter(kind="holiday").delete()
    forget()
    aims.follow_the_calendar(JAN_5 + DAY)
    fresh = Filing.objects.get(pk=filing.pk)
    assert fresh.gap_term(fresh.params()).at == filing.gap_told
    assert fresh.next_due_at == filing.next_due_at


def test_business_time_stops_at_the_instant_at_which_something_is_due(town, settings):
    settings.DEMO = True
    now, seen = business_time.business_now(), []
    last = day_of(now) + 3 * DAY
    filing = filings.in_force(town, at=now, person=make_person(serial=720), by=town.counter, papers=filings.FULL, start_on=day_of(now),
                              end_on=last)
    assert business_time.advance(10, then=seen.append) == 1
    assert Filing.objects.get(pk=filing.pk).status == "ended"
    assert timedelta(0) <= seen[0] - end_of(last) < timedelta(seconds=10)
    assert business_time.business_now() - now > 9 * DAY


def test_outside_the_demo_time_does_not_move(settings):
    settings.DEMO = False
    with pytest.raises(RuntimeError):
        business_time.advance(1)
