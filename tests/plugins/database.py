"""Tests connect as the owner, who creates and migrates the test database; then they work as the portal does: as the restricted role."""
from contextlib import ExitStack

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.test import TransactionTestCase

KEPT = ("django_migrations", "django_content_type", "auth_permission")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The migrated database, secured as in operation; every later connection of any thread assumes the application's role."""
    with django_db_blocker.unblock():
        call_command("secure_database", verbosity=0)
        assume_role(settings.DATABASE_APP_ROLE)
    yield
    with django_db_blocker.unblock():
        assume_role(None)
        end_other_connections()


@pytest.fixture(scope="module")
def ground(django_db_setup, django_db_blocker):
    """`with ground():` one transaction around all tests of a module: what is laid in it is there for each, what a test does is undone."""
    with ExitStack() as stack:
        around = transaction.atomic()
        around._from_testcase = True  # durable blocks may stand in it, as in every test's own
        with django_db_blocker.unblock():
            stack.enter_context(around)
        yield django_db_blocker.unblock
        with django_db_blocker.unblock():
            transaction.set_rollback(True)
            stack.close()


def assume_role(role):
    """Connect anew, in this and every other thread, as the owner who has become `role` (None: the owner itself)."""
    connection.close()
    connection.settings_dict["OPTIONS"]["assume_role"] = role


def end_other_connections():
    """What a test's thread left open would keep the test database from being dropped."""
    with connection.cursor() as cursor:
        others = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        cursor.execute(f"SELECT pg_terminate_backend(pid) {others}")
    connection.close()


def empty_tables(self):
    """Instead of Django's flush: only the owner may empty an append-only table, and only tables with rows are worth the time."""
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE; SET lock_timeout = '15s'")
        tables = [name for name in connection.introspection.table_names(cursor) if name not in KEPT]
        cursor.execute(" UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT FROM \"{name}\")" for name in tables))
        filled = ", ".join(f'"{name}"' for name, in cursor.fetchall())
        if filled:
            cursor.execute(f"TRUNCATE {filled} CASCADE")
        cursor.execute(f'RESET lock_timeout; SET ROLE "{settings.DATABASE_APP_ROLE}"')


@pytest.hookimpl(tryfirst=True)
def pytest_configure():
    TransactionTestCase._fixture_teardown = empty_tables
