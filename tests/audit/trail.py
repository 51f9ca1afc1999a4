"""Events to seal, and the owner's rights to tamper with them."""

import threading
import time
from contextlib import contextmanager
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection

from xinyijian.audit import sealing
from xinyijian.audit.models import Event, Seal

AT = datetime(2026, 11, 23, 10, tzinfo=ZoneInfo("Asia/Shanghai"))


def write_events(count, kind="tests.Thing"):
    """One transaction each, unless the caller has one open; their ids."""
    return [Event.objects.create(kind=kind, object_id=n, verb="look", at=AT, data={"n": n}).pk for n in range(count)]


@contextmanager
def as_owner(cursor):
    """The owner of the tables, with the triggers off: what privileges and triggers cannot stop, the seals must show."""
    cursor.execute("RESET ROLE; ALTER TABLE audit_event DISABLE TRIGGER USER; ALTER TABLE audit_seal DISABLE TRIGGER USER")
    try:
        yield cursor
    finally:
        cursor.execute("ALTER TABLE audit_event ENABLE TRIGGER USER; ALTER TABLE audit_seal ENABLE TRIGGER USER")
        cursor.execute(f"SET ROLE {connection.ops.quote_name(settings.DATABASE_APP_ROLE)}")


def seal_all(batch=sealing.BATCH) -> int:
    """Seal until nothing is left; how many this call sealed.

    Sealing waits for every open transaction of the server, and other tests run beside this one in databases of their own.
    """
    sealed, patience = 0, time.monotonic() + 60
    while time.monotonic() < patience:
        sealed += sealing.seal(batch)
        if sum(Seal.objects.values_list("count", flat=True)) >= Event.objects.count():
            return sealed
        time.sleep(0.05)
    raise TimeoutError("some transaction of this server has been open for a minute")


def in_threads(*deeds):
    """Run the deeds at once, each on its own connection; the first error comes back."""
    errors = []

    def run(deed):
        try:
            deed()
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[deed]) for deed in deeds]
    [t.start() for t in threads]
    [t.join() for t in threads]
    if errors:
        raise errors[0]
