"""The tracing of requirements tells the truth."""

from pathlib import Path

import pytest
from django.urls import resolve

from tests.plugins.requirements import Collector, as_text, ids_of, rows

ROOT = Path(__file__).resolve().parents[2]
NOISE = {"S1.29", "S1.30", "S3.35"}


class Marked:
    nodeid = "tests/x.py::test_y"

    def __init__(self, *ids):
        self.ids = ids

    def iter_markers(self, name):
        return [pytest.mark.req(*self.ids).mark]


class Report:
    def __init__(self, nodeid, ids, when="call", outcome="passed"):
        self.nodeid, self.when, self.user_properties = nodeid, when, [("req", ids)]
        self.passed, self.failed = outcome == "passed", outcome == "failed"


def test_all_177_requirements_have_a_row():
    every = {f"S{part}.{n}" for part, last in ((0, 87), (1, 30), (2, 28), (3, 35)) for n in range(1, last + 1)}
    assert set(rows()) == every - NOISE
    assert len(rows()) == 177


def test_every_row_says_in_words_what_is_asked_and_nothing_unknown():
    for name, row in rows().items():
        assert row["asks"].strip(), name
        assert set(row) <= {"asks", "kind", "code", "seen", "appears"}, name
        assert row.get("kind", "rule") in ("rule", "context"), name
        assert "appears" not in row or row["kind"] == "context", f"{name}: a rule is proven by a test, not by standing somewhere"


def test_what_is_context_stands_where_its_row_says():
    for name, row in rows().items():
        if "appears" in row:
            file, word = row["appears"].split(": ")
            assert word in (ROOT / file).read_text(encoding="utf-8"), f"{name}: {word} does not stand in {file}"


def test_a_row_names_only_code_that_exists():
    for name, row in rows().items():
        for place in row.get("code", "").split():
            file, _colon, thing = place.partition(":")
            assert (ROOT / file).exists() and (not thing or f" {thing}(" in (ROOT / file).read_text(encoding="utf-8")), f"{name}: {place}"


def test_a_row_names_only_pages_that_exist():
    for name, row in rows().items():
        for path in filter(None, row.get("seen", "").split(", ")):
            assert resolve(path.replace("<number>", "X")), f"{name}: {path}"


def test_an_unknown_requirement_or_too_many_are_an_error():
    assert ids_of(Marked("S0.1", "S0.2", "S0.3")) == ["S0.1", "S0.2", "S0.3"]
    with pytest.raises(pytest.UsageError, match="S9.1"):
        ids_of(Marked("S9.1"))
    with pytest.raises(pytest.UsageError, match="at most 3"):
        ids_of(Marked("S0.1", "S0.2", "S0.3", "S0.4"))


def test_only_a_test_function_that_passed_in_every_case_proves_something():
    collector = Collector()
    for report in (
        Report("t.py::test_good[a]", ["S0.2"]),
        Report("t.py::test_mixed[a]", ["S0.3"]),
        Report("t.py::test_mixed[b]", ["S0.3"], outcome="failed"),
        Report("t.py::test_late", ["S0.4"]),
        Report("t.py::test_late", ["S0.4"], when="teardown", outcome="failed"),
        Report("t.py::test_left_out", ["S0.5"], outcome="skipped"),
    ):
        collector.pytest_runtest_logreport(report)
    assert collector.proofs() == {"S0.2": {"test_good"}}


def test_the_table_has_one_row_for_each_requirement():
    lines = [line.split(" | ")[0].strip("| ") for line in as_text({"S0.2": {"test_good"}}).splitlines()]
    assert [line for line in lines if line in rows()] == list(rows())
    assert "| `test_good` |" in as_text({"S0.2": {"test_good"}})
