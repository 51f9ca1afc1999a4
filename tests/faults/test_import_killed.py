"""An import under SIGKILL: what was written stays written, nothing is written twice, and running it again finishes it."""

from collections import Counter
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from xinyijian.audit.models import Event
from xinyijian.people.models import FamilyLink, Person
from xinyijian.people.roster import importing, making

from .children import kill, until

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE, BATCH = 1500, 50
IMPORT = """
from django.core.management import call_command
from xinyijian.people.roster import importing, reading
reading.LINES, reading.SMALL, importing.SPAN = {batch}, 0, {batch}
call_command("import_roster", "{persons}", "{links}", verbosity=0)
"""


@pytest.fixture
def files(tmp_path, committed_town):
    return making.make(tmp_path, PEOPLE, bad=5)


def start(children, files):
    persons, links = files
    return children.python(IMPORT.format(batch=BATCH, persons=persons, links=links))


def imported() -> tuple[int, int]:
    return Person.objects.filter(psn_no__startswith="4399R").count(), FamilyLink.objects.filter(proof="户口簿", since="2020-01-01").count()


def lock_is_free() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = %s", [importing.LOCK])
        return cursor.fetchone() == (0,)


def children_of(process) -> list[int]:
    listed = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    return [int(pid) for pid in listed.read_text().split()]


def alive(pid) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.parametrize("persons, ties", [(1, 0), (700, 0), (PEOPLE, 100)])
def test_a_killed_import_is_finished_by_running_it_again(files, children, persons, ties):
    first = start(children, files)
    until(lambda: imported()[0] >= persons and imported()[1] >= ties, seconds=120)
    helpers = children_of(first)
    kill(first)
    until(lambda: not any(map(alive, helpers)), seconds=20)
    until(lock_is_free)
    written = imported()
    out = StringIO()
    call_command("import_roster", *files, stdout=out)
    assert f"persons: {PEOPLE - written[0]} new, 0 changed, {written[0]} same, 5 rejected" in out.getvalue()
    assert imported() == (PEOPLE, 2 * PEOPLE // 3)
    assert "0 new, 0 changed" in again(files)


def again(files) -> str:
    out = StringIO()
    call_command("import_roster", *files, stdout=out)
    return out.getvalue()


def test_the_trail_tells_what_a_killed_import_has_written(files, children):
    first = start(children, files)
    until(lambda: imported()[0] >= 300, seconds=120)
    kill(first)
    until(lock_is_free)
    events = Event.objects.filter(kind="people.Roster")
    assert Counter(events.values_list("verb", flat=True)).keys() == {"begin", "write"}
    assert sum(event.data["persons"]["new"] for event in events.filter(verb="write")) == imported()[0]


def test_a_second_import_at_the_same_time_is_refused(files, children):
    first = start(children, files)
    until(lambda: not lock_is_free(), seconds=60)
    with pytest.raises(Exception, match="Another import is at work"):
        call_command("import_roster", *files, verbosity=0)
    kill(first)
