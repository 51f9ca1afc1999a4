import threading
from datetime import date

import pytest
from django.db import connection

from tests.packs import load
from xinyijian.policies import forget, params_for, refresh
from xinyijian.policies.calendar import calendar
from xinyijian.policies.models import CalendarDay, CalendarYear, Value

ON = date(2026, 11, 23)


def test_a_known_answer_costs_no_query(packs, django_assert_num_queries):
    first = params_for("remote_care", "439901", ON)
    with django_assert_num_queries(0):
        assert params_for("remote_care", "439901", ON) is first
        assert params_for("remote_care", "439902", date(2026, 3, 1)).calendar is calendar()  # another day, the same book


def test_a_refresh_asks_once_a_second_at_most(packs, django_assert_num_queries):
    params_for("remote_care", "439901", ON)
    with django_assert_num_queries(1):
        refresh(now=True)
        refresh()


@pytest.mark.parametrize("change", [
    lambda: Value.objects.filter(name="max_cities").update(content=5),
    lambda: CalendarDay.objects.filter(day="2026-10-10").delete(),
    lambda: CalendarYear.objects.filter(year=2027).update(published=True)])
def test_any_way_of_changing_the_tables_is_noticed_at_the_next_refresh(packs, change):
    before = params_for("remote_care", "439901", ON)
    change()
    assert params_for("remote_care", "439901", ON) is before
    refresh(now=True)
    after = params_for("remote_care", "439901", ON)
    assert (after.max_cities, after.calendar.version) != (before.max_cities, before.calendar.version)


@pytest.mark.django_db(transaction=True)
def test_what_another_process_commits_is_seen_after_a_refresh():
    forget()
    load()
    assert params_for("remote_care", "439901", ON).max_cities == 2
    other = threading.Thread(target=elsewhere)
    other.start()
    other.join()
    refresh(now=True)
    assert params_for("remote_care", "439901", ON).max_cities == 6
    forget()


def elsewhere():
    Value.objects.filter(name="max_cities", region="430000").update(content=6)
    connection.close()


def test_a_request_refreshes_by_itself(packs, client, monkeypatch):
    params_for("remote_care", "439901", ON)
    Value.objects.filter(name="max_cities", region="430000").update(content=6)
    monkeypatch.setattr("xinyijian.policies.params._asked", 0.0)  # a second has passed
    client.get("/policies/")
    assert params_for("remote_care", "439901", ON).max_cities == 6
