"""A seal that was rewritten is found, wherever it stands in the chain; and the application cannot open the door to it."""

import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, transaction

from tests.audit.trail import as_owner, seal_all, write_events
from xinyijian.audit.models import Seal
from xinyijian.audit.verification import first_finding

DEEDS = {
    "its count": "UPDATE audit_seal SET count = count + 1 WHERE id = %(seal)s",
    "its leaves": "UPDATE audit_seal SET leaves = substring(leaves FROM 41) WHERE id = %(seal)s",
    "its root": "UPDATE audit_seal SET root = sha256(root) WHERE id = %(seal)s",
    "its end": "UPDATE audit_seal SET last_event = last_event - 1 WHERE id = %(seal)s",
    "a second time": "INSERT INTO audit_seal (last_txid, last_event, count, leaves, previous, root) "
    "SELECT last_txid, last_event, count, leaves, previous, root FROM audit_seal WHERE id = %(seal)s",
}


def found_after(sql, **values):
    """What the verifier finds after the owner's deed, which is then undone."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with as_owner(cursor):
            cursor.execute(sql, values)
        finding = first_finding()
        transaction.set_rollback(True)
    return finding


def test_a_rewritten_seal_is_found_first_middle_and_last(transactional_db):
    for _batch in range(3):
        write_events(3)
        seal_all()
    for deed, sql in DEEDS.items():
        for seal in Seal.objects.order_by("pk"):
            finding = found_after(sql, seal=seal.pk)
            assert finding and finding.what == "broken", f"{deed}, seal {seal.pk}: {finding}"
    assert first_finding() is None


def test_a_head_that_is_none_is_refused(db):
    with pytest.raises(CommandError, match="is no head"):
        call_command("verify_audit", head="no head")


FORBIDDEN = [
    "SELECT 1 FROM audit_seal FOR UPDATE",
    "INSERT INTO audit_seal (id, last_txid, last_event, count, leaves, previous, root) VALUES (1, 1, 1, 1, '', '', '') "
    "ON CONFLICT (id) DO UPDATE SET root = ''",
    "SET session_replication_role = replica",
    "CREATE OR REPLACE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
]


@pytest.mark.parametrize("sql", FORBIDDEN)
def test_the_ways_around_are_closed_to_the_application_too(db, sql):
    with pytest.raises(ProgrammingError, match="permission denied|must be owner"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
