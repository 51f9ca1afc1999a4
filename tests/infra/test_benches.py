"""The benches are run by hand and rarely: here at least each can be begun."""
from importlib import import_module

import pytest

from tests.house import ROOT

NAMES = [path.stem for path in ROOT.glob("bench/bench_*.py")]


@pytest.mark.parametrize("name", NAMES)
def test_every_bench_finds_what_it_uses(name):
    assert callable(import_module(f"bench.{name}").run)
