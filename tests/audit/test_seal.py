"""Seals hold every finished event once, whoever writes and seals at the same time, and show the first row that was touched."""

import threading
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.models import Sum

from tests.audit.trail import as_owner, in_threads, seal_all, write_events
from xinyijian.audit import roles, sealing
from xinyijian.audit.models import Event, Seal
from xinyijian.audit.tasks import seal
from xinyijian.audit.verification import first_finding


def total_sealed():
    return Seal.objects.aggregate(Sum("count"))["count__sum"] or 0


def test_what_is_finished_is_sealed_once(transactional_db):
    write_events(5)
    assert seal_all() == 5
    assert seal() == 0
    assert first_finding() is None


def test_a_backlog_is_sealed_in_batches(transactional_db):
    write_events(25)
    assert seal_all(batch=10) == 25
    assert max(Seal.objects.values_list("count", flat=True)) == 10
    assert first_finding() is None


def test_a_batch_may_end_inside_one_transaction(transactional_db):
    with transaction.atomic():
        write_events(25)
    assert seal_all(batch=10) == 25
    assert first_finding() is None


def test_an_unfinished_transaction_holds_back_what_came_after_it(transactional_db):
    began, finish = threading.Event(), threading.Event()

    def slow_writer():
        with transaction.atomic():
            write_events(1)
            began.set()
            finish.wait(60)

    def others():
        began.wait(60)
        write_events(3)
        held_back.append(seal())
        finish.set()

    held_back = []
    in_threads(slow_writer, others)
    assert held_back == [0]
    assert seal_all() == 4
    assert first_finding() is None


def test_eight_writers_and_two_sealers_leave_no_event_out(transactional_db):
    finished = threading.Semaphore(0)

    def write():
        for _round in range(20):
            with transaction.atomic():
                write_events(5)
        finished.release()

    def keep_sealing():
        while not all_finished.wait(0.01):
            sealing.seal(batch=30)

    def wait_for_writers():
        [finished.acquire() for _writer in range(8)]
        all_finished.set()

    all_finished = threading.Event()

    in_threads(*[write] * 8, keep_sealing, keep_sealing, wait_for_writers)
    seal_all()
    assert total_sealed() == Event.objects.count() == 800
    assert first_finding() is None


def test_two_sealers_at_once_seal_each_event_once(transactional_db):
    write_events(40)
    in_threads(*[lambda: sealing.seal(batch=5)] * 4)
    seal_all()
    assert total_sealed() == 40
    assert first_finding() is None


TAMPERING = {
    "edited": "UPDATE audit_event SET verb = 'other' WHERE id = %(second)s",
    "deleted": "DELETE FROM audit_event WHERE id = %(second)s",
    "inserted": "INSERT INTO audit_event (id, kind, verb, source, target, by_label, region, at, data, txid) "
    "SELECT 1000, kind, verb, source, target, by_label, region, at, data, txid FROM audit_event WHERE id = %(second)s",
    "reordered": "UPDATE audit_event SET id = -id WHERE id IN (%(second)s, %(fourth)s); "
    "UPDATE audit_event SET id = CASE -id WHEN %(second)s THEN %(fourth)s ELSE %(second)s END WHERE id < 0",
}


@pytest.mark.parametrize("what", TAMPERING)
def test_the_first_tampered_row_is_named(transactional_db, what):
    ids = write_events(6)
    seal_all()
    write_events(6)
    seal_all()
    with connection.cursor() as cursor, as_owner(cursor):
        cursor.execute(TAMPERING[what], {"second": ids[1], "fourth": ids[3]})
    finding = first_finding()
    assert (finding.event, finding.what) == (1000 if what == "inserted" else ids[1], what)
    with pytest.raises(CommandError, match=f"event {finding.event} was {what}"):
        call_command("verify_audit")


@pytest.mark.parametrize(
    "column, value",
    [("at", "at + interval '1 microsecond'"), ("by_id", "1"), ("data", "'{\"n\": 2}'"), ("person_id", "0"), ("recorded_at", "now()")],
)
def test_the_smallest_edit_is_seen(transactional_db, tamper, column, value):
    ids = write_events(3)
    seal_all()
    tamper(f"UPDATE audit_event SET {column} = {value} WHERE id = %s", ids[0])
    assert (first_finding().event, first_finding().what) == (ids[0], "edited")


def test_an_event_slipped_in_before_the_first_is_seen(transactional_db, tamper):
    write_events(2)
    seal_all()
    tamper(
        "INSERT INTO audit_event (kind, verb, source, target, by_label, region, at, data, txid) "
        "VALUES ('x', 'x', '', '', '', '', now(), '{}', -5)"
    )
    assert first_finding().what == "inserted"


def test_a_rewritten_or_missing_seal_is_seen(transactional_db, tamper):
    for _round in range(3):
        write_events(2)
        seal_all()
    tamper("UPDATE audit_seal SET count = count + 0, previous = root WHERE id = (SELECT max(id) FROM audit_seal)")
    assert first_finding().what == "broken"
    tamper("DELETE FROM audit_seal WHERE id <> (SELECT max(id) FROM audit_seal)")
    assert str(first_finding()).endswith("is broken")


def test_a_chain_written_anew_does_not_contain_the_head_that_was_noted(transactional_db, tamper):
    ids = write_events(2)
    seal_all()
    out = StringIO()
    call_command("verify_audit", stdout=out)
    head = out.getvalue().split()[1]
    call_command("verify_audit", head=head, stdout=out)
    tamper("DELETE FROM audit_seal; UPDATE audit_event SET verb = 'other' WHERE id = %s", ids[0])
    seal_all()
    assert first_finding() is None
    with pytest.raises(CommandError, match="written anew"):
        call_command("verify_audit", head=head)


def test_after_a_restore_new_events_still_come_after_the_sealed_ones(transactional_db, tamper):
    write_events(1)
    far = 10**12  # the transaction numbers of the machine that wrote the dump were far ahead of ours
    tamper(
        "INSERT INTO audit_event (kind, verb, source, target, by_label, region, at, data, txid) "
        "VALUES ('x', 'x', '', '', '', '', now(), '{}', %s)",
        far,
    )
    with connection.cursor() as cursor, as_owner(cursor):
        assert roles.go_on_after_restore(cursor) == roles.go_on_after_restore(cursor) > 0
    write_events(3)
    assert Event.objects.latest("pk").txid > far
    assert seal_all() == 5
    assert first_finding() is None
    with connection.cursor() as cursor, as_owner(cursor):
        cursor.execute(
            "CREATE OR REPLACE FUNCTION audit_transaction() RETURNS bigint LANGUAGE sql STABLE "
            "AS 'SELECT pg_current_xact_id()::text::bigint + 0'"
        )
