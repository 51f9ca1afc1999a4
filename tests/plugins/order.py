"""Who runs what and when under `-n`: a module stays with one process, the walks with two; what takes long begins first."""
import pytest

LONG = ("browser", "security", "connect", "faults", "infra", "audit", "face")  # folders of tests/
PORTALS = 2  # so many processes start a portal for their browsers; each costs 20 seconds


def pytest_collection_modifyitems(items):
    """After pytest-django has put the tests that commit behind those that roll back."""
    modules = {item.path: None for item in items}
    walks = [path for path in modules if path.parent.name == "browser"]
    for item in items:
        group = f"browser-{walks.index(item.path) % PORTALS}" if item.path in walks else "/".join(item.path.parts[-2:])
        item.add_marker(pytest.mark.xdist_group(group))
    items.sort(key=lambda item: LONG.index(item.path.parent.name) if item.path.parent.name in LONG else len(LONG))
