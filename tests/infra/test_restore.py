"""The drill of docs/operations.md: its own lines, run by a shell, bring a copy back that holds every row and every proof."""
import os
import re
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from tests.filings import in_force, submitted
from tests.house import ROOT, text_of
from tests.law import law
from tests.town import build
from xinyijian.audit.sealing import seal
from xinyijian.serve.postgres import embedded_binaries
from xinyijian.serve.roles import at

__all__ = ["law"]
COPY = f"copy_of_{os.getpid()}"
TABLES = "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1"


def lines_of(drill) -> str:
    """The commands that the page gives for backup or restore."""
    return re.search(rf"<!-- drill: {drill} -->\n```sh\n(.*?)```", text_of("docs/operations.md"), re.DOTALL)[1]


def shell(drill, environment) -> str:
    done = subprocess.run(["bash", "-euo", "pipefail", "-c", lines_of(drill)], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def owner_url(database) -> str:
    """The owner's address of a database on the server of the tests."""
    given = settings.DATABASES["default"]
    secret = f":{given['PASSWORD']}" if given["PASSWORD"] else ""
    host = given["HOST"].replace("/", "%2F") + (f":{given['PORT']}" if given["PORT"] else "")
    return at(f"postgresql://{given['USER']}{secret}@{host}/postgres", database=database)


def rows_of(url) -> dict:
    with closing(psycopg2.connect(url)) as reader, reader.cursor() as cursor:
        cursor.execute(TABLES)
        cursor.execute(" UNION ALL ".join(f"SELECT '{name}', count(*) FROM \"{name}\"" for name, in cursor.fetchall()))
        return dict(cursor.fetchall())


@pytest.fixture
def environment(transactional_db, tmp_path):
    """What the page takes for granted; the copy is dropped again."""
    for folder in ("backup", "copy"):
        (tmp_path / folder).mkdir()
    database = connection.settings_dict["NAME"]
    paths = [str(Path(sys.executable).parent), str(embedded_binaries()), os.environ["PATH"]]
    yield os.environ | {
        "PATH": ":".join(paths), "DJANGO_SETTINGS_MODULE": "xinyijian.settings", "DATA_DIR": str(settings.DATA_DIR),
        "OWNER_URL": owner_url(database), "BACKUP": str(tmp_path / "backup"),
        "COPY": COPY, "COPY_URL": owner_url(COPY), "COPY_DIR": str(tmp_path / "copy"),
    }
    with closing(psycopg2.connect(owner_url("postgres"))) as admin:
        admin.autocommit = True
        admin.cursor().execute(f"DROP DATABASE IF EXISTS {COPY} WITH (FORCE)")


def test_a_copy_made_by_the_lines_of_the_page_holds_every_row_and_every_proof(environment, law):
    town, now = build(), timezone.now()
    in_force(town, at=now)
    submitted(town, at=now, person=town.lan_person)
    seal()
    shell("backup", environment)
    said = shell("restore", environment)
    assert rows_of(environment["COPY_URL"]) == rows_of(environment["OWNER_URL"])
    assert "head " in said and "FAIL" not in said and said.count("\nok ") >= 10
    assert pages(environment["COPY_DIR"]) == pages(settings.DATA_DIR) != {}


def pages(folder) -> dict:
    """{path: bytes} of every page of a document."""
    root = Path(folder) / "documents"
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}
