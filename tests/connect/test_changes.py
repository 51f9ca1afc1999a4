"""The feed of changes: in order, complete, each once."""

import time

import pytest
from django.db import connection, transaction

from tests.casework.test_races import race
from xinyijian.audit.models import Event
from xinyijian.casework.api.cursors import place_of
from xinyijian.casework.business_time import business_now
from xinyijian.casework.workflow import act

from .test_filings import Filing, complete, opened

pytestmark = pytest.mark.django_db(transaction=True)


def follow(machine, cursor=None):
    """(what is new, where to go on)."""
    answer = machine.get("changes/", **({"after": cursor} if cursor else {}))
    assert answer.status_code == 200, answer.content
    return [(one["number"], one["verb"]) for one in answer.json()["changes"]], answer.json()["next_cursor"]


def follow_until(machine, count, cursor=None):
    """The same, asked again until so much is there: any transaction on the server that is still at work holds the feed back."""
    found = []
    for _ in range(300):
        news, cursor = follow(machine, cursor)
        found += news
        if len(found) >= count:
            break
        time.sleep(0.1)
    return found, cursor


def test_what_happens_to_ones_own_cases_comes_once_and_in_order(his, other_his, town):
    number, foreign = opened(his, town.stranger_person.psn_no), opened(other_his, town.stranger_person.psn_no)
    news, cursor = follow_until(his, 1)
    assert news == [(number, "start")] and follow(his, cursor)[0] == []
    complete(his, number)
    his.post(f"filings/{number}/submit/")
    act(Filing.objects.get(number=number).return_to_applicant, by=town.clerk, at=business_now(), redo=[], because="x")
    assert follow_until(his, 2, cursor)[0] == [(number, "submit"), (number, "return_to_applicant")]
    assert follow_until(other_his, 1)[0] == [(foreign, "start")]


def test_who_has_nothing_new_goes_on_behind_what_others_did(his, other_his, town):
    opened(other_his, town.stranger_person.psn_no)
    follow_until(other_his, 1)
    news, cursor = follow(his)
    place = place_of(cursor, f"changes:{town.county_hospital.pk}")
    assert news == [] and place[0] >= Event.objects.latest("pk").txid
    number = opened(his, town.stranger_person.psn_no)
    assert follow_until(his, 1, cursor)[0] == [(number, "start")]


def test_it_names_nobody(his, town):
    opened(his, town.stranger_person.psn_no)
    said = his.get("changes/").content.decode()
    assert town.stranger_person.psn_no not in said and "周" not in said


@pytest.mark.pg15
def test_a_slow_transaction_does_not_slip_in_behind_a_reader(his, town):
    """It takes its number first and commits last: the feed waits for it."""
    from threading import Event as Flag

    wrote, read, seen = Flag(), Flag(), []

    def slow():
        with transaction.atomic():
            opened_inside(town, his)
            wrote.set()
            read.wait(20)

    def quick():
        wrote.wait(20)
        opened_inside(town, his)
        seen.append(follow(his))
        read.set()

    results = race(slow, quick)
    assert results == [None, None], results
    early, (late, _end) = seen[0][0], follow_until(his, 2, seen[0][1])
    assert early == [] and len(late) == 2


def opened_inside(town, machine):
    from remote_care.services import open_at_hospital

    open_at_hospital(town.stranger_person, town.county_hospital, by=machine.client.acts_as, at=business_now())


@pytest.mark.pg15
def test_a_reader_beside_many_writers_misses_nothing(his, town):
    found, cursor = [], None

    def write():
        for _ in range(6):
            opened_inside(town, his)

    def read():
        nonlocal cursor
        for _ in range(60):
            news, cursor = follow(his, cursor)
            found.extend(news)

    assert race(write, write, write, read) == [None] * 4
    found += follow_until(his, 18 - len(found), cursor)[0] if len(found) < 18 else follow(his, cursor)[0]
    assert len(found) == len(set(found)) == 18
    with connection.cursor() as rows:
        rows.execute("SELECT count(*) FROM audit_event WHERE verb = 'start'")
        assert rows.fetchone()[0] == 18
