"""What was changed behind a case's back: the clock and the register follow."""
from datetime import timedelta

from django.db import connections

from tests import filings
from tests.town import JAN_5
from xinyijian.casework import aims
from xinyijian.casework.models import Docket
from xinyijian.casework.proofs import prove
from xinyijian.policies import forget
from xinyijian.policies.models import CalendarDay, CalendarYear, Value

DAY = timedelta(days=1)


def test_one_more_holiday_moves_what_people_have_to_do_in_the_register_too(town):
    filing = filings.accepted(town, at=JAN_5, papers=filings.FULL)
    aims.follow_the_calendar(JAN_5)
    before = Docket.objects.get(pk=filing.docket_id)
    CalendarDay.objects.create(year=CalendarYear.objects.get(year=2026), day=(JAN_5 + DAY).date(), kind="holiday", name="x")
    forget()
    assert aims.follow_the_calendar(JAN_5) == 1
    assert Docket.objects.get(pk=filing.docket_id).due_at > before.due_at
    assert prove(JAN_5) == []


def test_a_value_that_changes_moves_open_cases_and_one_that_stays_moves_nothing(town):
    filing = filings.in_force(town, at=JAN_5)
    aims.follow_the_calendar(JAN_5)
    Value.objects.filter(name="remind_days_before").update(content=2)
    forget()
    assert aims.follow_the_calendar(JAN_5) == 1
    assert type(filing).objects.get(pk=filing.pk).next_due_at > filing.next_due_at
    Value.objects.filter(name="remind_days_before").update(content=2)  # the token is renewed, the content is not
    forget()
    assert aims.follow_the_calendar(JAN_5) == 0
    assert prove(JAN_5) == []


def test_while_one_walks_another_lets_it(town):
    filings.in_force(town, at=JAN_5)
    other = connections.create_connection("default")
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [aims.LOCK])
        assert aims.follow_the_calendar(JAN_5) == 0
    finally:
        other.close()
    assert aims.Aim.objects.count() == 0
