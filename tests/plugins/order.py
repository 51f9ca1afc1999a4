"""Who runs what and when under `-n`: a module stays with one process, the walks with two; what takes long begins first."""
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LONG = ("browser", "security", "faults", "connect", "face", "infra", "audit")  # folders of tests/


def pytest_collection_modifyitems(items):
    """After pytest-django has put the tests that commit behind those that roll back."""
    items.sort(key=lambda item: LONG.index(item.path.parent.name) if item.path.parent.name in LONG else len(LONG))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Ours, whatever --dist says: xdist 3.8 hangs its groups on names of tests where pytest 9.2 no longer looks."""
    from xdist.scheduler import LoadScopeScheduling

    class ByGroup(LoadScopeScheduling):
        def _split_scope(self, nodeid):
            return group_of(nodeid.partition("::")[0])

    return ByGroup(config, log)


@cache
def group_of(path) -> str:
    """Each process that walks starts a portal, in 20 seconds; the one fills it with the demo's cases, the other leaves it empty."""
    if not path.startswith("tests/browser/"):
        return path
    return "demo" if re.search(r"^DEMO = True", (ROOT / path).read_text(encoding="utf-8"), re.M) else "walks"
