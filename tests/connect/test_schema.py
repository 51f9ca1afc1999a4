"""Over the whole document, asked at random: nothing is a 500, nothing gets in without a token, and answers are as described."""

import json

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import booleans
from schemathesis.openapi import from_wsgi
from schemathesis.specs.openapi import checks

from xinyijian.casework.api.views import ApiView
from xinyijian.wsgi import application

from .conftest import machine_of
from .test_filings import opened

EXAMPLES = 30  # of each operation; more at night: script/test tests/connect/test_schema.py with another number
KEPT = [
    schemathesis.checks.not_a_server_error,
    checks.ignored_auth,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
]


@pytest.fixture
def hospital(town, settings):
    """A system in its sandbox, with a filing of its own and no limit to its questions."""
    settings.API_CALLS_A_MINUTE = 1_000_000
    machine = machine_of(town.hospital_admin, town.county_hospital, "sandbox")
    machine.number = opened(machine, f"{machine.client.acts_at.code[2:]}00001")
    for signal in (request_started, request_finished):  # a request of the document's must not close the test's own connection
        signal.disconnect(close_old_connections)
    yield machine
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def operations():
    """{operation id: (address, method)} of the document."""
    paths = SchemaGenerator().get_schema(public=True)["paths"]
    return {one["operationId"]: (path, method) for path, methods in paths.items() for method, one in methods.items()}


@pytest.mark.parametrize("name", operations())
def test_whatever_is_asked_is_answered_as_described(hospital, name):
    path, method = operations()[name]
    operation = from_wsgi("/api/schema/?format=json", application)[path][method]

    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), database=None, derandomize=True)
    @given(case=operation.as_strategy(), there=booleans())
    def ask(case, there):
        if there and "number" in (case.path_parameters or {}):
            case.path_parameters["number"] = hospital.number  # every other time something that is there
        headers = {} if name == "token" else {"Authorization": f"Bearer {hospital.token}"}
        case.call_and_validate(headers=headers, checks=KEPT)

    ask()


def test_every_operation_has_examples_a_scope_and_every_problem(hospital):
    told = json.loads(hospital.browser.get("/api/schema/", HTTP_ACCEPT="application/vnd.oai.openapi+json").content)
    for path, operations in told["paths"].items():
        for method, one in operations.items():
            where = f"{method} {path}"
            good = next(answer for status, answer in one["responses"].items() if status.startswith("2"))
            assert all(content.get("examples") for content in good["content"].values()), where
            bodies = one.get("requestBody", {}).get("content", {})
            assert all(content.get("examples") for kind, content in bodies.items() if kind == "application/json"), where
            assert one["summary"] and one["tags"], where
            if path not in ("/api/v1/", "/api/v1/token/"):
                assert one["security"] and {"401", "403", "429"} <= set(one["responses"]), where
            if method in ("post", "patch") and "filings" in path:
                assert any(p["name"] == "Idempotency-Key" and p["required"] for p in one["parameters"]), where


def test_every_view_of_the_interface_names_a_scope_for_each_method(db):
    from xinyijian.urls import urlpatterns

    (machines,) = [one for one in urlpatterns if str(one.pattern) == "api/v1/"]
    for one in machines.url_patterns:
        view = one.callback.cls
        assert issubclass(view, ApiView)
        methods = {name.upper() for name in view.http_method_names if hasattr(view, name)}
        assert methods and methods <= set(view.scopes), view
