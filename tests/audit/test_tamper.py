"""E13: whoever rewrites the trail as the owner is found, at any place of it; as the application he is refused."""

import time
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, transaction
from django.db.models import Max

from tests.audit.trail import as_owner, seal_all, write_events
from xinyijian.audit import sealing, tasks
from xinyijian.audit.models import Event, Seal
from xinyijian.audit.verification import first_finding

BATCH = 5
COPY = (
    "INSERT INTO audit_event (id, kind, verb, source, target, by_label, region, at, data, txid, recorded_at) "
    "SELECT -5, kind, verb, source, target, by_label, region, at, data, txid, recorded_at FROM audit_event WHERE id = %(one)s"
)
SWAP = (
    "UPDATE audit_event SET id = -id WHERE id IN (%(one)s, %(other)s); "
    "UPDATE audit_event SET id = CASE -id WHEN %(one)s THEN %(other)s ELSE %(one)s END WHERE id < 0"
)
TAMPERING = {
    "edited": "UPDATE audit_event SET by_id = 77 WHERE id = %(one)s",
    "deleted": "DELETE FROM audit_event WHERE id = %(one)s",
    "inserted": COPY,
    "reordered": SWAP,
}
PLACES = {"first of all": 0, "last of the first batch": 4, "first of a batch": 5, "in a batch": 7, "last of all": 14}


@pytest.fixture
def ids(transactional_db):
    """Fifteen events in three sealed batches."""
    ids = write_events(3 * BATCH)
    wait_for_everybody()
    seal_all(batch=BATCH)
    assert list(Seal.objects.order_by("pk").values_list("count", flat=True)) == [BATCH] * 3
    return ids


def wait_for_everybody():
    """Until no transaction of the whole server is older than our events, so that batches are whole."""
    patience = time.monotonic() + 60
    while Event.objects.extra(where=[sealing.FINISHED]).count() < Event.objects.count():
        assert time.monotonic() < patience
        time.sleep(0.05)


def verify(*heads) -> str:
    out = StringIO()
    call_command("verify_audit", head=list(heads), stdout=out)
    return out.getvalue()


def head() -> str:
    return bytes(Seal.objects.order_by("-pk").first().root).hex()


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("what", TAMPERING)
def test_the_owner_is_found_out_wherever_he_tampers(ids, tamper, what, place):
    at = PLACES[place]
    one, other = ids[at], ids[at + 1 if at % BATCH < BATCH - 1 else at - 1]  # its neighbour in the batch
    with connection.cursor() as cursor, as_owner(cursor):
        cursor.execute(TAMPERING[what], {"one": one, "other": other})
    finding = first_finding()
    named = {"inserted": -5, "reordered": min(one, other)}.get(what, one)
    assert (finding.event, finding.what, finding.seal) == (named, what, Seal.objects.order_by("pk")[at // BATCH].pk)
    with pytest.raises(CommandError, match=f"event {named} was {what}"):
        verify()


def test_rows_that_changed_places_between_two_batches_are_found(ids, tamper):
    with connection.cursor() as cursor, as_owner(cursor):
        cursor.execute(SWAP, {"one": ids[4], "other": ids[5]})
    assert (first_finding().seal, first_finding().event) == (Seal.objects.earliest("pk").pk, ids[4])


@pytest.mark.parametrize("what", ["UPDATE audit_event SET verb = 'x'", "DELETE FROM audit_event", "UPDATE audit_event SET id = id + 100"])
def test_the_application_can_edit_delete_and_reorder_nothing(ids, what):
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(what)
    assert first_finding() is None


@pytest.mark.parametrize("table", ["audit_event", "audit_seal"])
@pytest.mark.parametrize("what", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {}"])
def test_neither_events_nor_seals_are_the_applications_to_change(ids, table, what):
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(what.format(table))


@pytest.mark.parametrize(
    "column, value", [("txid", "1"), ("txid", "audit_transaction() - 1"), ("recorded_at", "now() - interval '1 day'")]
)
def test_the_application_can_write_nothing_into_the_past(ids, column, value):
    forged = (
        f"INSERT INTO audit_event (kind, verb, source, target, by_label, region, at, data, {column}) "
        f"VALUES ('x', 'x', '', '', '', '', now(), '{{}}', {value})"
    )
    with pytest.raises(ProgrammingError, match="recorded when it is written"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(forged)
    assert Event.objects.count() == len(ids)


def test_what_is_not_sealed_yet_is_said_to_be_unproven(ids):
    assert "not sealed" not in verify()
    write_events(2)
    assert "15 of 17 events are sealed" in verify()
    assert "2 are not sealed yet: of these nothing is proven." in verify()


@pytest.mark.parametrize("gone", [1, 2, 3])
def test_seals_cut_off_at_the_end_are_missed_by_whoever_noted_a_head(ids, tamper, gone):
    noted = head()
    tamper(f"DELETE FROM audit_seal WHERE id IN (SELECT id FROM audit_seal ORDER BY id DESC LIMIT {gone})")
    assert f"{gone * BATCH} are not sealed yet" in verify()  # the chain alone does not miss them
    with pytest.raises(CommandError, match="cut short or written anew"):
        verify(noted)


def test_an_end_that_was_cut_off_edited_and_sealed_again_is_missed_too(ids, tamper):
    noted = head()
    tamper("DELETE FROM audit_seal WHERE id = (SELECT max(id) FROM audit_seal)")
    tamper("UPDATE audit_event SET verb = 'other' WHERE id = %s", ids[-1])
    seal_all(batch=BATCH)
    assert first_finding() is None
    with pytest.raises(CommandError, match="cut short or written anew"):
        verify(noted)


def test_every_sealing_leaves_its_head_in_the_log(transactional_db, capsys):
    write_events(3)
    wait_for_everybody()
    before = Seal.objects.aggregate(Max("pk"))["pk__max"]
    assert tasks.seal() == 3
    assert Seal.objects.aggregate(Max("pk"))["pk__max"] != before
    said = capsys.readouterr()
    assert head() in said.out + said.err
    assert tasks.seal() == sealing.seal() == 0
    assert head() not in "".join(capsys.readouterr())
