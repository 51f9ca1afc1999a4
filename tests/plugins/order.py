"""Who runs what and when under `-n`: a module stays with one process, the walks with two; what takes long begins first."""
import pytest

LONG = ("browser", "security", "connect", "faults", "infra", "audit", "face")  # folders of tests/


def pytest_collection_modifyitems(items):
    """After pytest-django has put the tests that commit behind those that roll back."""
    for item in items:
        item.add_marker(pytest.mark.xdist_group(group_of(item)))
    items.sort(key=lambda item: LONG.index(item.path.parent.name) if item.path.parent.name in LONG else len(LONG))


def group_of(item) -> str:
    """Each process that walks starts a portal, in 20 seconds; the one fills it with the demo's cases, the other leaves it empty."""
    if item.path.parent.name == "browser":
        return "demo" if getattr(item.module, "DEMO", False) else "walks"
    return "/".join(item.path.parts[-2:])
