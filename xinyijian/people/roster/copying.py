"""COPY from a stream, and the temporary tables of an import. They hold digests and sealed text only, and end with the session."""

from collections.abc import Iterable

import psycopg2
from django.db import DatabaseError, connection, transaction


class Feed:
    """A file to COPY from, made of pieces as they come."""

    def __init__(self, pieces: Iterable[bytes]):
        self.pieces, self.rest, self.error = iter(pieces), b"", None

    def read(self, size):
        """At most `size` bytes; b"" at the end."""
        while not self.rest:
            piece = self._next()
            if piece is None:
                return b""
            self.rest = memoryview(piece)
        part, self.rest = self.rest[:size], self.rest[size:]
        return bytes(part)

    def _next(self):
        try:
            return next(self.pieces, None)
        except Exception as error:
            self.error = error  # the driver keeps only its words
            raise


def copy(table: str, pieces: Iterable[bytes]) -> None:
    """All pieces into the table, in its own order of columns."""
    feed = Feed(pieces)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.copy_expert(f"COPY {table} FROM STDIN", feed, 1 << 16)
    except (psycopg2.Error, DatabaseError):
        if feed.error:
            raise feed.error from None
        raise


def make(table: str, columns: str, ending="") -> None:
    """A new temporary table in the place of any that an earlier import of this session has left."""
    run(f"DROP TABLE IF EXISTS pg_temp.{table}")
    run(f"CREATE TEMP TABLE {table} ({columns}) {ending}")


def run(sql: str, **values) -> int:
    """Run one statement; how many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values or None)
        return cursor.rowcount


def rows_of(sql: str, size=10_000, **values):
    """The rows of a query, a few thousand at a time."""
    with connection.chunked_cursor() as cursor:
        cursor.itersize = size
        cursor.execute(sql, values or None)
        yield from cursor
