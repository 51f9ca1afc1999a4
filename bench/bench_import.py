"""A first roster of 1,000,000 persons and 666,666 ties, sealed, against COPY of the very rows that it left; then the next edition.

COPY writes what the import has already checked and sealed, into the same tables with the same indexes and foreign keys.
BENCH_PERSONS makes it smaller, BENCH_ROUNDS repeats it.
"""

import os
import tempfile
from pathlib import Path

from django.core.management import call_command

from bench import owner
from bench.measure import result, seconds
from xinyijian.people import loading
from xinyijian.people.models import FamilyLink, Person
from xinyijian.people.roster import making

PERSONS, ROUNDS = int(os.environ.get("BENCH_PERSONS", 1_000_000)), int(os.environ.get("BENCH_ROUNDS", 1))
BAD = PERSONS // 500
TABLES = ("people_person", "people_familylink")


def run():
    loading.load_regions(with_demo=True)
    firsts, nexts, copies, loads = [], [], [], []
    with tempfile.TemporaryDirectory() as folder:
        files = [making.make(Path(folder) / str(edition), PERSONS, edition=edition, bad=BAD) for edition in (1, 2)]
        for _round in range(ROUNDS):
            _empty()
            loads.append(os.getloadavg()[0])
            firsts.append(seconds(lambda: _import(files[0])))
            ours, dump = _left(), _dumped(Path(folder))
            _settle()
            nexts.append(seconds(lambda: _import(files[1])))
            _empty()
            copies.append(seconds(lambda dump=dump: _copy(dump)))
            if ours != _left() or ours != (PERSONS, 2 * PERSONS // 3):
                raise SystemExit(f"the two sides left different rows: {ours}, {_left()}")
    note = f"{PERSONS} persons, {2 * PERSONS // 3} ties, {2 * BAD} bad rows; load before {[round(load, 1) for load in loads]}"
    return [
        result("import / COPY of the same sealed rows", 4.0, firsts, copies, unit="s", scale=1, note=note),
        result("next edition, 1 % changed / first import", 0.4, nexts, firsts, unit="s", scale=1),
    ]


def _import(files):
    call_command("import_roster", *files, "--although-older", verbosity=0)


def _left():
    return Person.objects.count(), FamilyLink.objects.count()


def _empty():
    with owner() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(TABLES)} CASCADE")
    _settle()


def _settle():
    """Each side begins with tables that the planner knows."""
    with owner() as cursor:
        cursor.execute(f"VACUUM ANALYZE {', '.join(TABLES)}")


def _dumped(folder):
    """The rows that the import has left, as COPY writes them."""
    paths = [folder / f"{table}.copy" for table in TABLES]
    with owner() as cursor:
        for table, path in zip(TABLES, paths, strict=True):
            with open(path, "wb") as file:
                cursor.copy_expert(f"COPY {table} TO STDOUT", file, 1 << 16)
    return paths


def _copy(paths):
    with owner() as cursor:
        for table, path in zip(TABLES, paths, strict=True):
            with open(path, "rb") as file:
                cursor.copy_expert(f"COPY {table} FROM STDIN", file, 1 << 16)
