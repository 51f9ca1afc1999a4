"""The benches. bench_<name>.py has run() -> [{name, ratio, target, met, raw}]; script/bench gives each a fresh, migrated database.

Inside run() Django is set up and connected as the application's restricted role; `owner()` is for VACUUM, ANALYZE and seeding in bulk.
"""
import os
from contextlib import closing, contextmanager

import psycopg2


@contextmanager
def owner():
    """A cursor of the database's owner, each statement in a transaction of its own."""
    with closing(psycopg2.connect(os.environ["OWNER_URL"])) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            yield cursor
