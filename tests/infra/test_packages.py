"""What is installed is exact: pins with hashes, no addresses; the owner's seven packages stand in pyproject.toml."""
import os
import re
import tomllib
from importlib.metadata import version
from pathlib import Path

import django_fsm
import pytest

from xinyijian.serve.places import ROOT

LOCKS = ["requirements.lock", "requirements-dev.lock", "requirements-fsm3.txt"]
SEVEN = {"django", "djangorestframework", "celery", "redis", "psycopg2-binary", "django-fsm", "pytest-django"}


def pins(lock):
    """{package: version} of a lock."""
    return dict(re.findall(r"^([a-z0-9._-]+)(?:\[[a-z,]+\])?==(\S+)", (ROOT / lock).read_text(), re.MULTILINE))


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_hashes_and_no_addresses(lock):
    text = (ROOT / lock).read_text()
    entries = re.split(r"\n(?=\S)", text.strip())
    assert all("--hash=sha256:" in entry for entry in entries)
    assert "://" not in text
    assert "--index" not in text


def test_tests_run_on_exactly_what_is_shipped():
    shipped, tested = pins("requirements.lock"), pins("requirements-dev.lock")
    assert shipped.items() <= tested.items()


def test_the_owners_seven_packages_are_declared():
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    assert set(declared) == SEVEN


def test_the_workflow_runs_on_the_library_that_was_asked_for():
    """script/test repeats the workflow tests on django-fsm 3.0.1; otherwise the shipped django-fsm-2 must be the one imported."""
    expected = os.environ.get("EXPECTED_FSM")
    if expected:
        assert version("django-fsm") == expected
        assert "fsm3" in Path(django_fsm.__file__).parts
    else:
        assert "fsm3" not in Path(django_fsm.__file__).parts
        assert version("django-fsm-2") == pins("requirements.lock")["django-fsm-2"]
