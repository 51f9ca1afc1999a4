"""Events to seal, and the owner's rights to tamper with them."""

from contextlib import contextmanager
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection

from xinyijian.audit.models import Event

AT = datetime(2026, 11, 23, 10, tzinfo=ZoneInfo("Asia/Shanghai"))


def write_events(count, kind="tests.Thing"):
    """One transaction each, unless the caller has one open; their ids."""
    return [Event.objects.create(kind=kind, object_id=n, verb="look", at=AT, data={"n": n}).pk for n in range(count)]


@contextmanager
def as_owner(cursor):
    """The owner of the tables, with the triggers off: what privileges and triggers cannot stop, the seals must show."""
    cursor.execute("RESET ROLE; ALTER TABLE audit_event DISABLE TRIGGER append_only; ALTER TABLE audit_seal DISABLE TRIGGER append_only")
    try:
        yield cursor
    finally:
        cursor.execute("ALTER TABLE audit_event ENABLE TRIGGER append_only; ALTER TABLE audit_seal ENABLE TRIGGER append_only")
        cursor.execute(f"SET ROLE {connection.ops.quote_name(settings.DATABASE_APP_ROLE)}")
