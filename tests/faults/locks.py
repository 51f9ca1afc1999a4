"""A lock that somebody else holds, so that a process can be met at an exact place of its work."""

from contextlib import contextmanager

import psycopg2
from django.db import connection

WAITING = "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock')"


@contextmanager
def held(sql, *values):
    """Run the statement on a connection of its own and keep its locks until the end; gives a question: does anybody wait for a lock?"""
    wanted = {k: v for k, v in connection.get_connection_params().items() if k not in ("cursor_factory", "context")}
    owner = psycopg2.connect(**wanted)  # sees what everybody waits for, which the application's role does not
    cursor = owner.cursor()

    def somebody_waits() -> bool:
        cursor.execute("SELECT pg_stat_clear_snapshot()")  # in one transaction the view stays as it was first seen
        cursor.execute(WAITING)
        return cursor.fetchone()[0]

    try:
        cursor.execute(sql, values)
        yield somebody_waits
    finally:
        owner.rollback()
        owner.close()
