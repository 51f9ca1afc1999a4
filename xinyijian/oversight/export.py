"""Rows of the trail as CSV: no names, no numbers of persons, and nothing that a spreadsheet would run."""

import csv
import io

from xinyijian import audit
from xinyijian.people import scope
from xinyijian.people.crypto import blind_index

from . import rows, trail

MOST = 10_000
HEAD = ("at", "recorded_at", "event", "kind", "deed", "source", "target", "role", "user", "case", "person", "region", "reason")
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")


def export(wish, regions, *, by, at, reason, because) -> str:
    """The text of the file, at most 10,000 rows, after the export is on record."""
    found, _next = trail.search(wish, regions, size=MOST)
    data = {"reason": reason, "because": because, "rows": len(found)}
    region = scope.region_of(by, at)  # without one no auditor of a region would ever see it
    audit.record("oversight.trail", "export", by=by, at=at, person_id=wish.person_id, region=region, data=data)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEAD)
    writer.writerows([safe(cell) for cell in _cells(row)] for row in rows.rows_of(found))
    return "\ufeff" + out.getvalue()  # the mark by which spreadsheets know UTF-8


def safe(cell) -> str:
    """A cell that begins like a formula is made a text."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(RISKY) else text


def _cells(row):
    event = row["event"]
    person = blind_index(str(event.person_id), "export")[:12] if event.person_id else ""  # the same person is the same word, nobody's name
    moments = event.at.isoformat(), event.recorded_at.isoformat()
    return (
        *moments,
        event.pk,
        event.kind,
        event.verb,
        event.source,
        event.target,
        event.by_label,
        row["user"],
        row["number"],
        person,
        event.region,
        row["because"],
    )
