"""A running portal for all browser tests of this process, and visitors who walk through its pages."""

import os
import pickle
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from . import stack as stacks
from .visitor import Visitor

QUIET = (
    "--lang=zh-CN",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
DATABASES_BESIDE = 8  # of Redis: each process of the tests has one for its tests and, so many further on, one for the browser


def pytest_collection_modifyitems(items):
    """Each process of a run with `-n` has a portal of its own."""
    for item in items:
        if "/browser/" in item.nodeid:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.django_db)  # or there would be no migrated database to copy


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return browser_type_launch_args | {"args": [*browser_type_launch_args.get("args", []), *QUIET]}


@pytest.fixture(scope="session")
def portal(django_db_setup, django_db_blocker, tmp_path_factory):
    """The processes: started once, stopped at the end."""
    if kept := os.environ.get("BROWSER_PORTAL"):  # a portal that is up already, for whoever writes these tests
        yield pickle.loads(Path(kept).read_bytes())
        return
    with django_db_blocker.unblock():
        template = connection.settings_dict["NAME"]
        connection.close()
    server, number = settings.REDIS_URL.rsplit("/", 1)
    redis_url = f"{server}/{int(number) + DATABASES_BESIDE}"
    with stacks.running(tmp_path_factory.mktemp("portal"), f"{template}_browser", redis_url, template) as running:
        yield running


@pytest.fixture(scope="session")
def base_url(portal):
    return portal.url.rstrip("/")


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    """Without the address, which `visit` names: pytest-playwright knows it only when this folder ran first."""
    return {name: value for name, value in browser_context_args.items() if name != "base_url"}


@pytest.fixture
def stack(portal, request):
    """The portal on a quiet morning: nobody has begun anything, unless the module says DEMO = True."""
    portal.begin(demo=getattr(request.module, "DEMO", False))
    return portal


@pytest.fixture
def visit(stack, new_context, base_url, request):
    """visit("zh-hans", width=375, …): somebody with a browser of her own; what it complained about fails the test at its end."""
    visitors = request.node.visitors = []

    def arrive(language="zh-hans", *, width=375, height=800, **more):
        # The address is named here: pytest-playwright keeps the one of whichever folder asked first in this process.
        context = new_context(base_url=base_url, viewport={"width": width, "height": height}, locale="zh-CN", **more)
        context.add_cookies([{"name": "language", "value": language, "url": base_url}])
        visitors.append(Visitor(context, stack, language))
        return visitors[-1]

    yield arrive
    complaints = [line for visitor in visitors for line in visitor.complaints]
    assert complaints == []


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item):
    """A failed walk shows the pages on which it ended."""
    report = (yield).get_result()
    if report.when == "call" and report.failed:
        for visitor in getattr(item, "visitors", []):
            report.sections.append((visitor.page.url, visitor.page.inner_text("body")))
