"""The laws of the house, kept over every tracked file. Laws over Case classes: test_house_cases.py; over templates: test_house_pages.py."""

import ast
import re

from importlinter import cli

from tests.house import PRODUCT, ROOT, SERVICES, calls, comments, dotted, found, imports, names, python, text_of, tracked, tree

# What stands at the top is what a newcomer reads first.
NEEDED = {
    "remote_care", "deferred_pay", "chronic_disease",  # the owner fixed these names
    "manage.py", "pyproject.toml", "requirements.in", "requirements.lock", "README.md", "Dockerfile", "docker-compose.yml",
    "script", "xinyijian", "templates", "static", "locale", "fixtures", "tests", "bench", "docs",
}  # fmt: skip
ALLOWED = NEEDED | set(SERVICES) | {
    ".ci", ".gitignore", ".dockerignore", "conftest.py", "package.json", "package-lock.json",
    "requirements-dev.in", "requirements-dev.lock", "requirements-fsm3.txt", "LICENSE",
}  # fmt: skip
EDGE = re.compile(
    r"(^|/)(views|pages|tasks|admin|api|middleware|business_time|health|home|context|preferences|gallery|demo)(/|\.py$)"
    r"|_(views|admin|middleware)\.py$|/management/|/serve/"
)
# Sessions, one-time codes, signatures and carriers live in real time (house, section 5), and so do the simulators.
# A held form is part of a session; a page on the disk has the age that the disk says.
REAL_TIME = (
    "remote_care/held.py",
    "xinyijian/casework/page_store.py",
    "xinyijian/connect/authentication.py",
    "xinyijian/connect/tokens.py",
    "xinyijian/connect/validator.py",
    "xinyijian/gateways/",
    "xinyijian/people/ceilings.py",
    "xinyijian/people/codes.py",
    "xinyijian/people/sign_in.py",
    "xinyijian/people/sign_in/",
)
CLOCKS = re.compile(r"(datetime|date|timezone)\.(now|today|utcnow|localdate)$|^time\.time$|^(business_now|localdate)$")
BAD_NAMES = {"utils", "util", "helpers", "helper", "manager", "managers", "common", "misc"}
LEFTOVERS = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|\bnoqa\b|type: ignore|pragma: no cover")
LEFT_OUT = re.compile(r"^pytest\.(mark\.)?(skip|skipif|xfail)$|^unittest\.skip|\.mock$|^mock\.")


def test_the_top_level_is_what_the_house_says():
    tops = {name.split("/")[0] for name in tracked()}
    found(f"missing: {name}" for name in sorted(NEEDED - tops))
    found(f"unexpected: {name}" for name in sorted(tops - ALLOWED))


def test_imports_only_go_down():
    assert cli.lint_imports(config_filename=str(ROOT / "pyproject.toml"), cache_dir=None) == cli.EXIT_STATUS_SUCCESS


def test_every_service_is_under_the_import_contracts():
    contracts = text_of("pyproject.toml").split("[tool.importlinter]")[1]
    roots = re.search(r"root_packages = \[(.*?)\]", contracts).group(1)
    containers = re.search(r"containers = \[(.*?)\]", contracts).group(1)
    for service in SERVICES:
        if f"{service}/__init__.py" in tracked():
            assert f'"{service}"' in roots and f'"{service}"' in containers, service


def test_no_file_is_longer_than_250_lines():
    found((name, len(text_of(name).splitlines())) for name in python() if len(text_of(name).splitlines()) > 250)


def test_no_module_is_a_drawer_for_everything():
    found(name for name in python(*PRODUCT) if set(re.split(r"[/.]", name)) & BAD_NAMES)


def test_no_function_handles_or_processes():
    hooks = {"process_template_response", "process_view", "process_exception"}
    found(
        (name, node.lineno, node.name)
        for name in python(*PRODUCT)
        for node in ast.walk(tree(name))
        if isinstance(node, ast.FunctionDef) and node.name.startswith(("handle_", "process_")) and node.name not in hooks
    )


def test_signals_are_no_control_flow():
    found(
        (name, line, module)
        for name in python(*PRODUCT)
        for line, module in imports(name)
        if re.match(r"django\.dispatch|django\.db\.models\.signals|django\.core\.signals|.*\.receiver$", module)
    )


def test_nothing_is_scheduled_with_the_broker():
    found(
        (name, line, called)
        for name in python(*PRODUCT)
        for line, called, keywords, _given in calls(name)
        if keywords & {"eta", "countdown"}
    )


def test_only_the_edge_knows_what_time_it_is():
    found(
        (name, line, called)
        for name in python(*PRODUCT)
        if not EDGE.search(name) and not name.startswith(REAL_TIME)
        for line, called, _keywords, given in calls(name)
        if CLOCKS.search(called) and not (given and "local" in called)  # localdate(at) only converts
    )


def test_money_is_never_a_float():
    found(
        (name, node.lineno)
        for name in python(*PRODUCT)
        for node in ast.walk(tree(name))
        if isinstance(node, (ast.Name, ast.Attribute)) and (getattr(node, "attr", "") or getattr(node, "id", "")) == "FloatField"
    )


def test_nothing_is_left_over():
    texts = [n for n in tracked() if n.endswith((".html", ".txt", ".css", ".js", ".yaml", ".yml")) or n.startswith("script/")]
    found((n, line, text) for n in python() for line, text in comments(n) if LEFTOVERS.search(text))
    found((n, line) for n in texts for line, text in enumerate(text_of(n).splitlines(), 1) if LEFTOVERS.search(text))


def test_no_test_is_left_out_or_mocks():
    found((n, line, called) for n in python("tests") for line, called in names(n) if LEFT_OUT.search(called))
    found((n, line, module) for n in python("tests") for line, module in imports(n) if re.search(r"unittest\.mock|^mock", module))


def test_no_model_overrides_save_or_delete():
    from django.apps import apps

    found(
        f"{base.__module__}.{base.__name__}.{name}"
        for model in apps.get_models()
        for base in model.__mro__
        for name in ("save", "delete")
        if base.__module__.startswith(PRODUCT) and name in vars(base)
    )


def test_every_rule_names_its_source():
    found(
        (name, node.lineno, node.name)
        for name in python(*SERVICES)
        if name.endswith("policy.py") or "/policy/" in name
        for node in tree(name).body
        if isinstance(node, ast.FunctionDef) and [a.arg for a in node.args.args] == ["facts", "params"] and not node.name.startswith("_")
        if _answers(node) and not re.search(r"S[0-3]\.\d+|domain|GB|〔|house", ast.get_docstring(node) or "")
    )


def _answers(function) -> bool:
    """Whether it is a rule: something that returns Met or Unmet."""
    return any(isinstance(n, ast.Call) and getattr(n.func, "id", "") in ("Met", "Unmet") for n in ast.walk(function))


def test_a_public_function_says_what_it_is_for():
    found(
        (name, node.lineno, node.name)
        for name in python(*PRODUCT)
        for node in tree(name).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and not ast.get_docstring(node)
        if "request" not in {a.arg for a in node.args.args}  # a view: its name and its URL say it
        if not any(isinstance(d, ast.Call) and dotted(d.func) == "proof" for d in node.decorator_list)  # says it in the decorator
    )
