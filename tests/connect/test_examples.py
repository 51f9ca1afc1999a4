"""The examples on the engineers' page do what they say: each is run as it stands there, over HTTP."""

import os
import subprocess
import sys

import pytest
from django.test import Client as Browser

from tests.filings import photo
from xinyijian.casework.api.kinds import KINDS
from xinyijian.connect import docs_views, sandbox

from .conftest import machine_of

HOW = {".sh": ["sh"], ".py": [sys.executable]}
SAYS = {
    "1-eligibility.sh": ['"trt_enjymnt_flag":"1"', '"through":"self"', '"checked_at"'],
    "2-changes.sh": ['"changes":[', '"next_cursor":', '"more":false'],
    "3-filing.py": ["submitted\n", "accepted\n", "['start', 'submit', 'accept']"],
}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("path", docs_views.examples(), ids=lambda path: path.name)
def test_an_example_runs_as_it_stands_on_the_page(live_server, town, tmp_path, path):
    machine = machine_of(town.hospital_admin, town.county_hospital, "sandbox")
    person, _why = sandbox.described(machine.client.acts_at)[0]
    (tmp_path / "photo.jpg").write_bytes(photo().read())
    given = {"URL": live_server.url, "ID": machine.client.client_id, "SECRET": machine.secret, "PSN_NO": person.psn_no,
             "PHOTO": str(tmp_path / "photo.jpg")}  # fmt: skip
    env = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
    env |= {f"XYJ_{name}": value for name, value in given.items()}
    done = subprocess.run([*HOW[path.suffix], str(path)], cwd=tmp_path, env=env, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    assert not [words for words in SAYS[path.name] if words not in done.stdout], done.stdout


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_page_shows_them_and_every_kind_of_problem(db, language):
    browser = Browser()
    browser.cookies["language"] = language
    page = browser.get("/api/")
    assert page.status_code == 200
    html = page.content.decode()
    assert all(f'id="{code}"' in html for code in KINDS) and all(path.name in html for path in docs_views.examples())


def test_swagger_comes_from_our_own_server_and_under_our_own_policy(db):
    page = Browser().get("/api/docs/")
    html = page.content.decode()
    assert page.status_code == 200 and "drf_spectacular_sidecar" in html and "http" not in html.split("<body>")[1]
    assert "unsafe" not in page.headers["Content-Security-Policy"]
    assert "/api/schema/" in Browser().get("/api/docs/?script=").content.decode()
