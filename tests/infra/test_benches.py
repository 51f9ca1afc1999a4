"""The benches are run by hand and rarely: here at least each can be begun."""
from importlib import import_module
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from bench import ground
from remote_care.models import Filing
from tests.house import ROOT
from xinyijian.care.models import Coverage
from xinyijian.people.crypto import encrypt
from xinyijian.people.models import User

NAMES = [path.stem for path in ROOT.glob("bench/bench_*.py")]


@pytest.mark.parametrize("name", NAMES)
def test_every_bench_finds_what_it_uses(name):
    assert callable(import_module(f"bench.{name}").run)


@pytest.mark.django_db
def test_the_ground_fills_every_column_that_must_be_filled():
    call_command("load_people", verbosity=0, stdout=StringIO())
    by = User.objects.filter(is_superuser=True).first().pk
    values = {"cases": 10, "slices": 6, "by": by, "opened": ground.OPENED, "name": encrypt("张三"), "first": "2026-06-01T00:00:00+08:00"}
    with connection.cursor() as cursor:
        for statement in (ground.PEOPLE, ground.DOCKETS, ground.FILINGS, ground.COVERAGES):
            cursor.execute(statement, values)
    assert Filing.objects.filter(status="submitted").count() == 4 and Coverage.objects.count() == 6
