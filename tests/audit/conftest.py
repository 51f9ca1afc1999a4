import pytest
from django.db import connection

from tests.audit.trail import as_owner


@pytest.fixture
def tamper(transactional_db):
    """Run statements as the owner with the triggers off."""

    def run(sql, *values):
        with connection.cursor() as cursor, as_owner(cursor):
            cursor.execute(sql, values)

    return run
