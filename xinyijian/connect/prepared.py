"""One statement that is asked all day: planned once for each connection, because planning it costs more than answering it."""

from weakref import WeakKeyDictionary

from django.db import InterfaceError, OperationalError, connection

_prepared: WeakKeyDictionary = WeakKeyDictionary()  # connection of psycopg2 -> names of statements that it knows


def fetch_one(name: str, statement: str, types: dict[str, str], values: dict):
    """The first row of `statement`, whose parameters are %(…)s of these types; None without one.

    Instead of asking before each question whether the connection still lives, the question itself is asked again on a new one.
    """
    connection.health_check_done = True
    try:
        return _ask(name, statement, types, values)
    except (OperationalError, InterfaceError):
        if connection.in_atomic_block:
            raise
        connection.close()
        return _ask(name, statement, types, values)


def _ask(name, statement, types, values):
    with connection.cursor() as cursor:
        known = _prepared.setdefault(connection.connection, set())
        if name not in known:
            _prepare(cursor, name, statement, types, known)
        cursor.execute(f"EXECUTE {name} ({', '.join(['%s'] * len(types))})", [values[one] for one in types])
        return cursor.fetchone()


def _prepare(cursor, name, statement, types, known):
    cursor.execute("SET plan_cache_mode = force_generic_plan; SET jit = off")  # rows are found by unique numbers: one plan serves all
    places = {one: f"${number}" for number, one in enumerate(types, 1)}
    cursor.execute(f"PREPARE {name} ({', '.join(types.values())}) AS {statement % places}")
    known.add(name)
