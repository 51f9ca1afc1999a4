"""Nobody rewrites an event: not the application's role, and not by accident the owner either."""

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, transaction

from tests.audit.trail import AT, write_events
from xinyijian.audit import record, roles
from xinyijian.audit.models import Event

TABLES = ["audit_event", "audit_seal"]


@pytest.mark.parametrize("sql", ["UPDATE audit_event SET verb = 'x'", "DELETE FROM audit_event", "TRUNCATE audit_event CASCADE"])
def test_the_application_can_neither_change_nor_delete_an_event(db, sql):
    write_events(1)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert Event.objects.get().verb == "look"


@pytest.mark.parametrize("sql", ["UPDATE audit_event SET verb = 'x'", "DELETE FROM audit_event"])
def test_the_trigger_stops_the_owner_too(db, sql):
    write_events(1)
    with pytest.raises(ProgrammingError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute(sql)


def test_every_append_only_table_has_the_trigger_and_is_withheld(db):
    assert set(TABLES) <= set(roles.append_only_tables())
    with connection.cursor() as cursor:
        for table in roles.append_only_tables():
            cursor.execute("SELECT 1 FROM pg_trigger WHERE tgrelid = %s::regclass AND tgname = 'append_only' AND tgenabled = 'O'", [table])
            assert cursor.fetchone(), f"{table} has no trigger: add AppendOnly to its migration"
            for right in ("UPDATE", "DELETE", "TRUNCATE"):
                cursor.execute("SELECT has_table_privilege(%s, %s, %s)", [settings.DATABASE_APP_ROLE, table, right])
                assert cursor.fetchone() == (False,), f"{table}: {right}"


def test_the_application_role_may_not_weaken_the_tables(db):
    for sql in ("ALTER TABLE audit_event DISABLE TRIGGER append_only", "DROP TRIGGER append_only ON audit_event", "DROP TABLE audit_event"):
        with pytest.raises(ProgrammingError, match="must be owner"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


def test_securing_the_database_again_changes_nothing(db):
    def rights():
        with connection.cursor() as cursor:
            cursor.execute("SELECT relname, relacl::text FROM pg_class WHERE relkind IN ('r', 'S') ORDER BY relname")
            return cursor.fetchall()

    before = rights()
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
    call_command("secure_database", verbosity=0)
    assert rights() == before


def test_a_role_that_does_not_exist_is_refused(db, settings):
    settings.DATABASE_APP_ROLE = "nobody_here"
    with pytest.raises(CommandError, match="nobody_here does not exist"):
        call_command("secure_database")


def test_the_owner_cannot_be_the_application(db, settings):
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute("SELECT current_user")
        (settings.DATABASE_APP_ROLE,) = cursor.fetchone()
    with pytest.raises(CommandError, match="is the role that runs this command"):
        call_command("secure_database")


def test_a_superuser_cannot_be_the_application(db, settings):
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolname FROM pg_roles WHERE rolsuper ORDER BY 1 LIMIT 1")
        (settings.DATABASE_APP_ROLE,) = cursor.fetchone()
    with pytest.raises(CommandError, match="is a superuser"):
        call_command("secure_database")


def test_an_event_knows_its_transaction_and_the_real_time(db):
    event = record("documents.read", "read", by=None, at=AT, object_id=7, person_id=9, region="439901", data={"why": "review"})
    event.refresh_from_db()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint, now()")
        txid, now = cursor.fetchone()
    assert (event.txid, event.by_label, event.at) == (txid, "clock", AT)
    assert abs((now - event.recorded_at).total_seconds()) < 60


def test_a_batch_of_two_thousand_is_one_statement(db, django_assert_num_queries):
    with django_assert_num_queries(1), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_event (kind, object_id, verb, source, target, by_label, region, at, data) "
            "SELECT 'tests.Thing', n, 'remind', '', '', 'clock', '', now(), '{}' FROM generate_series(1, 2000) n"
        )
    assert Event.objects.exclude(txid=None).count() == 2000
