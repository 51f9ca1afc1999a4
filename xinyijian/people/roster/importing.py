"""An import from beginning to end: look at every row, say why rows are not taken, write what is new or changed."""

import csv
import hashlib
import os
from collections import Counter
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.db import connection, transaction

from xinyijian import audit
from xinyijian.audit.models import Event

from . import links, persons, rows
from .columns import LINKS, PERSONS
from .copying import rows_of
from .reading import Chunk, Unfit, chunks, mapped, processes, read_header
from .words import in_words

KIND, LOCK = "people.Roster", 0x726F73  # "ros": one import at a time
LETTERS = {"n": "new", "c": "changed", "s": "same", "r": "rejected"}
SPAN = 50_000  # lines of family ties in one transaction


@dataclass
class Import:
    """What is imported, by whom, and what became of it. `watch(stage, bytes)` hears how far it is."""

    persons: Path
    links: Path
    by: object
    at: object
    as_of: date  # the day of the roster
    rejects: Path
    dry_run: bool = False
    encoding: str = "utf-8-sig"
    watch: Callable = lambda stage, position: None
    pool: object = None  # processes that look at rows
    counts: dict = field(default_factory=lambda: {"persons": Counter(), "links": Counter()})


def run(job: Import) -> dict:
    """Everything; the counts {"persons": {new, changed, same, rejected, …}, "links": …}. Raises Unfit for a file as a whole."""
    read_header(job.persons, PERSONS, job.encoding)
    read_header(job.links, LINKS, job.encoding)
    size = job.persons.stat().st_size + job.links.stat().st_size
    with _alone(), _reject_file(job.rejects) as refuse, processes(size) as job.pool:
        _record(job, "look" if job.dry_run else "begin", _fingerprints(job))
        _judge_persons(job, refuse)
        if not job.dry_run:
            _write_persons(job)
        _judge_links(job, refuse)
        if not job.dry_run:
            _write_links(job)
            _record(job, "finish", {"as_of": str(job.as_of), **{name: dict(counter) for name, counter in job.counts.items()}})
    return {name: dict(counter) for name, counter in job.counts.items()}


def newest() -> date | None:
    """The day of the newest roster that was imported to its end."""
    days = Event.objects.filter(kind=KIND, verb="finish").values_list("data__as_of", flat=True)
    return max((date.fromisoformat(day) for day in days), default=None)


def _judge_persons(job, refuse):
    marks = _unseen(job)
    tasks = (
        (chunk, job.as_of, wanted)
        for chunk in chunks(job.persons, PERSONS, job.encoding, _watch(job, "persons"))
        if (wanted := _marked(marks, chunk)) is None or any(wanted)
    )
    persons.stage(mapped(job.pool, rows.persons_checked, tasks))
    _count(job, "persons", "roster_verdict")
    refuse("persons", "roster_verdict")


def _unseen(job):
    """Marks on the rows that say something new; None when every row does."""
    persons.forget()
    if not persons.anybody():
        return None
    read = chunks(job.persons, PERSONS, job.encoding, _watch(job, "known persons"))
    persons.see(mapped(job.pool, rows.persons_seen, read))
    return _marks((line, "u") for (line,) in rows_of(persons.UNSEEN))


def _write_persons(job):
    """Batches of those that are new or changed; each is a transaction, so what a killed import has written stays written."""
    verdicts = _marks(rows_of("SELECT line, verdict FROM roster_verdict WHERE verdict IN ('n', 'c') ORDER BY line"))
    if not any(verdicts):
        return
    tasks = (
        (chunk, wanted)
        for chunk in chunks(job.persons, PERSONS, job.encoding, _watch(job, "writing persons"))
        if any(wanted := _marked(verdicts, chunk))
    )
    for piece in mapped(job.pool, rows.persons_sealed, tasks):
        with transaction.atomic():
            written = persons.write(piece)
            _record(job, "write", {"persons": written})
        job.counts["persons"]["met"] += written["met"]


def _marks(found) -> bytearray:
    """One letter a line, 0 where there is none."""
    marks = bytearray()
    for line, letter in found:
        marks.extend(bytes(line - len(marks)))
        marks.append(ord(letter))
    return marks


def _marked(marks, chunk: Chunk) -> bytes | None:
    """The letters of the chunk's lines; None when there are no marks at all."""
    lines = chunk.text.count("\n") + 1
    return None if marks is None else bytes(marks[chunk.first : chunk.first + lines]).ljust(lines, b"\0")


def _judge_links(job, refuse):
    tasks = ((chunk, job.as_of) for chunk in chunks(job.links, LINKS, job.encoding, _watch(job, "links")))
    links.stage(mapped(job.pool, rows.links_checked, tasks), dry_run=job.dry_run)
    _count(job, "links", "roster_tie")
    refuse("links", "roster_tie")


def _write_links(job):
    ((last,),) = rows_of("SELECT coalesce(max(line), 0) FROM roster_tie WHERE verdict IN ('n', 'c')")
    for first in range(2, last + 1, SPAN):
        with transaction.atomic():
            _record(job, "write", {"links": links.write(first, first + SPAN)})
        job.watch("writing links", first)


def _count(job, name, table):
    found = rows_of(f"SELECT verdict, count(*) FROM {table} GROUP BY 1")
    job.counts[name].update({LETTERS[verdict]: count for verdict, count in found})


def _watch(job, stage):
    return lambda position: job.watch(stage, position)


def _record(job, verb, data):
    audit.record(KIND, verb, by=job.by, at=job.at, data=data)


def _fingerprints(job) -> dict:
    return {name: _sha256(path) for name, path in (("persons", job.persons), ("links", job.links))}


def _sha256(path) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def _alone():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            raise Unfit("Another import is at work.")
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


@contextmanager
def _reject_file(path):
    """One verdict a line for each row that was not taken; only its owner may read the file."""
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["file", "row", "code", "words", "number"])

        def refuse(name, table):
            for line, problems, masked in rows_of(f"SELECT line, problems, masked FROM {table} WHERE verdict = 'r' ORDER BY line"):
                writer.writerow([name, line, problems.split(",")[0].partition(":")[0], in_words(problems), _harmless(masked)])

        yield refuse


def _harmless(text):
    """Never a formula, whatever somebody opens the file with."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@") else text
