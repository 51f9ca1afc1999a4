"""Which requirements the tests of this run prove: `requirements: N proven + M context of 177`, and docs/requirements.md on request."""
import os
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest
import yaml

DOCS = Path(__file__).resolve().parents[2] / "docs"
MOST = 3  # a test that proves more proves nothing in particular
HEAD = """# What is asked, and what proves it

Made by `script/test` from `docs/requirements.yaml` and the tests that passed; do not edit. An empty last column is not proven yet.

| ID | what it asks | rule or code | page or endpoint | proven by |
|---|---|---|---|---|
"""


@cache
def rows() -> dict:
    """{ID: {asks, kind?, code?, seen?, appears?}} in the order of the documents."""
    return yaml.safe_load((DOCS / "requirements.yaml").read_text(encoding="utf-8"))


def ids_of(item) -> list[str]:
    """What a test says it proves; UsageError for an unknown ID or too many."""
    ids = sorted({name for mark in item.iter_markers("req") for name in mark.args})
    unknown = [name for name in ids if name not in rows()]
    if unknown:
        raise pytest.UsageError(f"{item.nodeid}: {', '.join(unknown)} is not in docs/requirements.yaml")
    if len(ids) > MOST:
        raise pytest.UsageError(f"{item.nodeid}: {len(ids)} requirements, at most {MOST}")
    return ids


def as_text(proofs: dict) -> str:
    """docs/requirements.md; `proofs` is {ID: names of test functions}."""
    return HEAD + "".join(_line(name, row, sorted(proofs.get(name, ()))) for name, row in rows().items())


def _line(name, row, tests):
    proof = "<br>".join(f"`{test}`" for test in tests)
    if not proof and "appears" in row:
        proof = f"context: stands in {row['appears']}"
    cells = (name, row["asks"], row.get("code", ""), row.get("seen", ""), proof)
    return "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |\n"


class Collector:
    """Reads the reports of the tests; under xdist those of all workers."""

    def __init__(self):
        self.passed, self.failed = defaultdict(set), set()

    def pytest_collection_modifyitems(self, items):
        for item in items:
            if ids := ids_of(item):
                item.user_properties.append(("req", ids))

    def pytest_runtest_logreport(self, report):
        name = report.nodeid.split("[")[0]
        if report.failed:
            self.failed.add(name)
        elif report.when == "call" and report.passed:
            for key, ids in report.user_properties:
                if key == "req":
                    self.passed[name].update(ids)

    def proofs(self) -> dict:
        """{ID: test functions}; a function of which one case failed proves nothing."""
        found = defaultdict(set)
        for test, ids in self.passed.items():
            for name in ids if test not in self.failed else ():
                found[name].add(test.split("::")[-1])
        return found

    def pytest_unconfigure(self, config):
        """After pytest's own closing line: the last thing that script/test says."""
        terminal = config.pluginmanager.get_plugin("terminalreporter")
        if terminal and not hasattr(config, "workerinput"):
            self.report(terminal, config)

    def report(self, terminal, config):
        proofs = self.proofs()
        context = [name for name, row in rows().items() if "appears" in row and name not in proofs]
        terminal.write_line(f"requirements: {len(proofs)} proven + {len(context)} context of {len(rows())}")
        if config.getoption("--write-requirements") or os.environ.get("WRITE_REQUIREMENTS") == "1":
            (DOCS / "requirements.md").write_text(as_text(proofs), encoding="utf-8")


def pytest_addoption(parser):
    parser.addoption("--write-requirements", action="store_true", help="write docs/requirements.md; for full runs")


def pytest_configure(config):
    config.pluginmanager.register(Collector(), "requirements")
