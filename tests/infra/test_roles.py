"""The portal works as a role that owns nothing; what the given user lacks is said exactly."""
import threading

import pytest
from django.conf import settings
from django.db import ProgrammingError, connection, transaction

from xinyijian.serve import roles

SOCKET = "postgresql://postgres@%2Fvar%2Flib%2Fpg/postgres"


def current_user():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, rolsuper, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = current_user")
        return cursor.fetchone()


@pytest.mark.django_db
def test_tests_work_as_the_restricted_role():
    assert current_user() == (settings.DATABASE_APP_ROLE, False, False, False)


@pytest.mark.django_db(transaction=True)
def test_other_threads_work_as_the_restricted_role_too():
    found = []
    thread = threading.Thread(target=lambda: (found.append(current_user()), connection.close()))
    thread.start()
    thread.join()
    assert found[0][0] == settings.DATABASE_APP_ROLE


@pytest.mark.django_db
@pytest.mark.parametrize("statement", ["UPDATE audit_event SET verb = 'x'", "DELETE FROM audit_event", "TRUNCATE audit_event"])
def test_the_role_may_not_change_what_is_append_only(statement):
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db
def test_the_role_may_not_change_tables():
    with pytest.raises(ProgrammingError, match="must be owner"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_event DISABLE TRIGGER ALL")


class Answers:
    """A cursor of a user with the given rights."""

    def __init__(self, *row):
        self.row = row

    def execute(self, statement):
        self.statement = statement

    def fetchone(self):
        return self.row


@pytest.mark.parametrize(
    "may, lacking", [((False, True), "CREATEROLE"), ((True, False), "CREATEDB"), ((False, False), "CREATEROLE CREATEDB")]
)
def test_a_user_without_rights_reads_what_is_needed(may, lacking):
    with pytest.raises(SystemExit, match=f"ALTER ROLE clerk {lacking};"):
        roles.refuse_without_rights(Answers("clerk", *may))


def test_a_user_with_rights_is_taken():
    roles.refuse_without_rights(Answers("admin", True, True))


@pytest.mark.parametrize(
    "url, changed",
    [
        (SOCKET, "postgresql://xinyijian_app:pw@%2Fvar%2Flib%2Fpg/portal"),
        ("postgres://admin:secret@db.example:5433/main?sslmode=require", "postgresql://xinyijian_app:pw@db.example:5433/portal?sslmode=require"),
    ],
)
def test_a_role_reaches_the_same_server(url, changed):
    assert roles.at(url, "xinyijian_app", "pw", "portal") == changed


def test_the_portal_does_not_live_in_the_servers_own_database():
    assert roles.database_of(SOCKET) == "xinyijian"
    assert roles.database_of("postgresql://admin@db/county") == "county"
