"""What stands in whose worklist, in which order, page by page."""

from datetime import timedelta

import pytest
from django.db import connection

from tests.casework.register import people, waiting
from tests.town import JAN_5, JAN_6, make_post, make_user
from xinyijian.casework import worklist
from xinyijian.casework.models import APPLICANT, Claim, Docket

HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)


def shown(user, at=JAN_5, **more):
    return [row.number for row in worklist.page_of(user, at, **more).rows]


def planned(user, after):
    return worklist._union(worklist.queues_of(user, JAN_5), *worklist._asked(worklist.ALL, user, JAN_5, after), 51)


def walk(user, size, between=lambda turn: None):
    """Every number met on a walk through the pages."""
    met, after, turn = [], None, 0
    while True:
        page = worklist.page_of(user, JAN_5, after=after, size=size)
        met += [row.number for row in page.rows]
        after, turn = page.next, turn + 1
        if after is None:
            return met
        between(turn)


def test_what_is_due_first_stands_first(town):
    late, soon, same = (waiting(town, JAN_5 + hours * HOUR) for hours in (9, 1, 1))
    assert shown(town.clerk) == [soon.number, same.number, late.number]


@pytest.mark.parametrize("who", ["elsewhere", "jiangsu_clerk", "hospital_a", "officer", "auditor", "counter", "lan", "stranger"])
def test_nobody_else_finds_it_in_a_worklist(town, who):
    waiting(town, JAN_6)
    assert shown(getattr(town, who)) == []


def test_the_city_works_the_queues_of_its_counties(town):
    here, there = waiting(town, JAN_6), waiting(town, JAN_5, region="439902")
    waiting(town, JAN_5, region="329901")
    chief = make_user("chief", is_staff=True)
    make_post(chief, town.city_bureau, "clerk")
    assert shown(chief) == [there.number, here.number]


def test_a_superuser_sees_every_queue(town):
    numbers = {waiting(town, JAN_6, region=region, role=role).number for region in ("439901", "329901") for role in ("clerk", "officer")}
    assert set(shown(town.root)) == numbers


def test_a_post_that_has_ended_has_no_worklist(town):
    waiting(town, JAN_6)
    town.clerk.posts.update(until=JAN_5.date())
    assert shown(town.clerk, JAN_5) != []
    assert shown(type(town.clerk).objects.get(pk=town.clerk.pk), JAN_6) == []


def test_a_hospital_finds_its_own_and_not_the_others(town):
    entry = waiting(town, JAN_6, role="insurance_office", organisation=town.county_hospital)
    assert (shown(town.hospital_a), shown(town.hospital_b), shown(town.physician)) == ([entry.number], [], [])


def test_who_works_in_a_bureau_and_a_hospital_meets_a_case_once(town):
    make_post(town.hospital_a, town.bureau, "insurance_office")
    numbers = [waiting(town, JAN_6 + n * HOUR, role="insurance_office", organisation=town.county_hospital).number for n in range(3)]
    first = worklist.page_of(town.hospital_a, JAN_5, size=2)
    assert [row.number for row in first.rows] == numbers[:2]
    assert shown(town.hospital_a, size=2, after=first.next) == numbers[2:]


def test_closed_cases_and_the_applicants_own_turn_are_not_work(town):
    waiting(town, JAN_6, role=APPLICANT)
    waiting(town, JAN_6, closed_at=JAN_5)
    waiting(town, None, role="")
    assert shown(town.clerk) == shown(town.root) == []


@pytest.mark.parametrize(("moment", "view"), [(-SECOND, "today"), (0 * SECOND, "overdue"), (SECOND, "overdue")])
def test_overdue_begins_at_the_due_instant(town, moment, view):
    entry = waiting(town, JAN_5)
    assert (shown(town.clerk, JAN_5 + moment, view="overdue") == [entry.number]) is (view == "overdue")
    assert (shown(town.clerk, JAN_5 + moment, view="today") == [entry.number]) is (view == "today")


def test_today_ends_at_24_hours(town):
    midnight = JAN_6.replace(hour=0)
    last, _next = waiting(town, midnight), waiting(town, midnight + SECOND)
    assert shown(town.clerk, view="today") == [last.number]


def test_a_view_of_one_kind_shows_no_other(town):
    bill, _filing = waiting(town, JAN_6, kind="deferred_pay.Bill"), waiting(town, JAN_6)
    assert shown(town.clerk, view="deferred_pay.Bill") == [bill.number]


def test_mine_is_what_i_hold_in_the_role_for_which_it_waits(town):
    held, moved, other = (waiting(town, JAN_6 + n * HOUR) for n in range(3))
    Claim.objects.create(docket=held, role="clerk", holder=town.clerk, since=JAN_5)
    Claim.objects.create(docket=moved, role="officer", holder=town.clerk, since=JAN_5)
    Claim.objects.create(docket=other, role="clerk", holder=town.second_clerk, since=JAN_5)
    assert shown(town.clerk, view="mine") == [held.number]
    assert shown(town.clerk, view="mine", after=(JAN_6, held.pk)) == []


def test_pages_neither_skip_nor_repeat_while_entries_come_in_before_and_after(town):
    numbers = [waiting(town, JAN_6 + (n // 3) * HOUR).number for n in range(11)]  # three share each due instant
    new = []

    def meanwhile(turn):
        new.extend([waiting(town, JAN_5 - turn * HOUR).number, waiting(town, JAN_6 + 100 * HOUR + turn * SECOND).number])

    met = walk(town.clerk, 2, meanwhile)
    assert [n for n in met if n in numbers] == numbers
    assert len(met) == len(set(met))
    assert set(met) - set(numbers) == set(new[1::2])  # what is due later is met; what came in before the place is on the first page


def test_a_page_that_is_exactly_full_is_the_last(town):
    for n in range(4):
        waiting(town, JAN_6 + n * HOUR)
    assert worklist.page_of(town.clerk, JAN_5, size=4).next is None
    assert len(worklist.page_of(town.clerk, JAN_5, size=3).rows) == 3


@pytest.mark.parametrize("number", [10, 60])
def test_a_page_costs_one_query_however_many_rows_it_has(town, number, django_assert_num_queries):
    for n, person in enumerate(people(number)):
        entry = waiting(town, JAN_6 + n * HOUR, person=person)
        if n % 2:
            Claim.objects.create(docket=entry, role="clerk", holder=town.second_clerk, since=JAN_5)
    worklist.queues_of(town.clerk, JAN_5)  # the posts are read once for a request
    with django_assert_num_queries(1):
        rows = worklist.page_of(town.clerk, JAN_5, size=50).rows
        read = [(row.person.masked_name, getattr(row, "claim", None) and row.claim.holder.username) for row in rows]
    assert len(read) == min(number, 50)


def test_a_list_opens_nobodys_certificate_phone_or_address(town):
    waiting(town, JAN_6)
    person = worklist.page_of(town.clerk, JAN_5).rows[0].person
    assert {"cert_number", "phone", "address", "cert_digest"} <= person.get_deferred_fields()


def test_the_page_walks_the_partial_index(town):
    Docket.objects.bulk_create(
        Docket(
            number=f"RC439901-260101-{n:07}",
            kind="remote_care.Filing",
            person=town.mother_person,
            region_id="439901",
            status="submitted",
            queue_role="clerk" if n % 2 else "officer",
            due_at=JAN_5 + n * SECOND,
            due_name="decide",
            opened_by=town.lan,
            opened_at=JAN_5,
        )
        for n in range(3000)
    )
    sql, values = planned(town.clerk, (JAN_5 + 2000 * SECOND, 0))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE casework_docket")
        cursor.execute(f"EXPLAIN (FORMAT TEXT) {sql}", values)
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "docket_waiting" in plan, plan
    assert "Seq Scan on casework_docket" not in plan


def test_a_hospitals_page_walks_the_index_of_its_organisation(town):
    hospitals = (town.county_hospital, town.other_hospital)
    Docket.objects.bulk_create(
        Docket(
            number=f"RC439901-260101-{n:07}",
            kind="remote_care.Filing",
            person=town.mother_person,
            region_id="439901",
            organisation=hospitals[n % 2] if n % 10 else None,
            status="submitted",
            queue_role="insurance_office" if n % 3 else "clerk",
            due_at=JAN_5 + n * SECOND,
            due_name="decide",
            opened_by=town.lan,
            opened_at=JAN_5,
        )
        for n in range(3000)
    )
    sql, values = planned(town.hospital_a, (JAN_5 + 2000 * SECOND, 0))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE casework_docket")
        cursor.execute(f"EXPLAIN (FORMAT TEXT) {sql}", values)
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "docket_waiting_at" in plan, plan
    assert "Seq Scan on casework_docket" not in plan


def test_figures_say_how_much_is_late_and_due_today(town):
    for due in (JAN_5 - 96 * HOUR, JAN_5, JAN_5 + SECOND, JAN_6.replace(hour=0), JAN_6):
        waiting(town, due)
    waiting(town, JAN_6, kind="deferred_pay.Bill")
    Claim.objects.create(docket=waiting(town, JAN_6), role="clerk", holder=town.clerk, since=JAN_5)
    counts = worklist.counts_of(town.clerk, JAN_5)
    assert (counts.all, counts.overdue, counts.today, counts.mine, counts.capped) == (7, 2, 2, 1, False)
    assert counts.kinds == {"deferred_pay.Bill": 1, "remote_care.Filing": 6}
    assert counts.oldest == JAN_5 - 96 * HOUR


def test_figures_stop_at_a_thousand(town, django_assert_num_queries):
    Docket.objects.bulk_create(
        Docket(
            number=f"RC439901-260101-{n:07}",
            kind="remote_care.Filing",
            person=town.mother_person,
            region_id="439901",
            status="submitted",
            queue_role="clerk",
            due_at=JAN_6 + n * SECOND,
            due_name="decide",
            opened_by=town.lan,
            opened_at=JAN_5,
        )
        for n in range(1200)
    )
    worklist.counts_of(town.clerk, JAN_5)  # posts and stand-ins are read once for a request
    with django_assert_num_queries(2):
        counts = worklist.counts_of(town.clerk, JAN_5)
    assert (counts.all, counts.capped) == (1001, True)


def test_nothing_waiting_is_nothing_counted(town):
    counts = worklist.counts_of(town.stranger, JAN_5)
    assert (counts.all, counts.mine, counts.oldest, counts.kinds) == (0, 0, None, {})
