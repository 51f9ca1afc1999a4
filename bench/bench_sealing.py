"""Sealing beside writers at full speed: what it can seal in a second, and what the writers lose.

Writers are pgbench, one event a transaction on four connections, as the portal writes them. The sealer runs every second,
sixty times as often as in operation. Both sides write the same number of events, in alternation.
"""

import os
import statistics
import subprocess
import tempfile
import threading
from pathlib import Path

from django.db import connection

from bench import owner
from bench.measure import seconds
from xinyijian.audit import sealing
from xinyijian.audit.models import Event, Seal
from xinyijian.serve.postgres import embedded_binaries

CLIENTS, EACH, ROUNDS = 4, int(os.environ.get("BENCH_EVENTS", 5_000)), int(os.environ.get("BENCH_ROUNDS", 5))
EVENT = """\\set n random(1, 1000000)
INSERT INTO audit_event (kind, object_id, person_id, verb, source, target, by_id, by_label, region, at, data)
VALUES ('remote_care.Filing', :n, :n, 'accept', 'submitted', 'accepted', 7, 'clerk', '439901', now(), '{"because": "complete"}');
"""


def run():
    alone, beside, sealing_time, sealed, left = [], [], 0.0, 0, []
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "event.sql"
        script.write_text(EVENT)
        for _round in range(ROUNDS):
            _settle()
            before = Event.objects.count()
            alone.append(seconds(lambda: _write(script)))
            _seal_the_rest()
            _settle()
            between = Event.objects.count()
            with Sealer() as sealer:
                beside.append(seconds(lambda: _write(script)))
            left.append(_unsealed())
            _seal_the_rest()
            if {between - before, Event.objects.count() - between} != {CLIENTS * EACH} or _unsealed():
                raise SystemExit("the two sides left different rows")
            sealing_time, sealed = sealing_time + sealer.seconds, sealed + sealer.sealed
    lost = [1 - one / other for one, other in zip(alone, beside, strict=True)]
    speed = sealed / sealing_time
    raw = {"alone": _rates(alone), "beside": _rates(beside), "unit": "events a second", "load": round(os.getloadavg()[0], 1)}
    return [
        {"name": "what writers lose", "ratio": round(statistics.median(lost), 3), "target": 0.05, "met": statistics.median(lost) <= 0.05,
         "raw": raw | {"lost": [round(share, 3) for share in lost]}},
        {"name": "events sealed in a second of sealing", "ratio": round(speed), "target": 2000,
         "met": speed >= 2000 and max(left) <= CLIENTS * EACH // 2,
         "raw": {"sealed": sealed, "seconds": round(sealing_time, 2), "left at the end of writing": left}},
    ]  # fmt: skip


class Sealer(threading.Thread):
    """Seals every second while the block runs; how many, and how long it took."""

    def __init__(self):
        super().__init__()
        self.over, self.sealed, self.seconds = threading.Event(), 0, 0.0

    def run(self):
        while not self.over.wait(1):
            self.seconds += seconds(self._seal)
        connection.close()

    def _seal(self):
        self.sealed += sealing.seal()

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *exception):
        self.over.set()
        self.join()


def _write(script):
    words = ["-n", "-M", "prepared", "-c", CLIENTS, "-j", 2, "-t", EACH, "-f", script, os.environ["DATABASE_URL"]]
    subprocess.run([str(word) for word in (embedded_binaries() / "pgbench", *words)], check=True, capture_output=True)


def _unsealed():
    return Event.objects.count() - sum(Seal.objects.values_list("count", flat=True))


def _seal_the_rest():
    while _unsealed():
        sealing.seal()


def _settle():
    with owner() as cursor:
        cursor.execute("VACUUM ANALYZE audit_event")


def _rates(times):
    return [round(CLIENTS * EACH / time) for time in times]
