"""The laws of the house over every service's Case class and each of its steps."""

import ast
import re
from importlib import import_module

import pytest
from django.db import models
from django.template.loader import get_template
from django.utils import translation
from django.utils.functional import Promise
from django_fsm import FSMField

from tests.house import found, python, text_of, tree
from xinyijian.casework.models.case import case_classes
from xinyijian.casework.steps import steps_of
from xinyijian.people.roles import allowed

CASES = case_classes()
STEPS = [pytest.param(model, step, id=f"{model.__name__}.{verb}") for model in CASES for verb, step in steps_of(model).items()]
CHINESE = re.compile(r"[\u4e00-\u9fff]")
LATIN = re.compile(r"[A-Za-z]")


def states_of(model):
    return {str(value) for value in model.Status.values}


@pytest.mark.parametrize("model", CASES)
def test_the_status_is_one_protected_field(model):
    fields = [f for f in model._meta.concrete_fields if isinstance(f, FSMField)]
    assert [f.name for f in fields] == ["status"]
    assert fields[0].protected


@pytest.mark.parametrize("model", CASES)
def test_no_second_status_hides_beside_the_field(model):
    found(
        f"{model.__name__}.{f.name}"
        for f in model._meta.concrete_fields
        if f.name != "status"
        and (re.search(r"stat(e|us)$|stage|phase|^is_", f.name) or isinstance(f, models.BooleanField) and f.name in states_of(model))
    )


@pytest.mark.parametrize("model", CASES)
def test_every_state_is_reached_and_left(model):
    states, steps = states_of(model), steps_of(model).values()
    reached = {str(model._meta.get_field("status").default)}
    while more := {s.target for s in steps if s.target and reached & set(s.sources)} - reached:
        reached |= more
    assert reached == states, f"never reached: {states - reached}; undeclared: {reached - states}"
    left = {source for s in steps if s.target for source in s.sources if s.target != source}
    final = set(map(str, model.FINAL))
    assert states - left <= final, f"a case would stay for ever in {states - left - final}"


@pytest.mark.parametrize("model", CASES)
def test_every_state_has_a_word_for_the_person_and_one_for_staff(model):
    assert {str(s) for s in model.public_status} == states_of(model)
    for state, (word, tone) in model.public_status.items():
        assert isinstance(word, Promise) and tone, state


@pytest.mark.parametrize("model, step", STEPS)
def test_every_step_says_what_it_is_in_both_languages(model, step):
    for words in filter(None, (step.label, step.done, step.effect)):
        with translation.override("en"):
            english = str(words)
        with translation.override("zh-hans"):
            chinese = str(words)
        assert LATIN.search(english) and not CHINESE.search(english), english
        assert CHINESE.search(chinese), f"no Chinese for: {english}"


@pytest.mark.parametrize("model, step", STEPS)
def test_every_step_asks_a_permission_that_roles_know(model, step):
    wanted = step.permission if isinstance(step.permission, tuple) else (step.permission,)
    assert wanted
    for one in wanted:
        assert callable(one) or allowed(one), one


@pytest.mark.parametrize("model, step", STEPS)
def test_every_step_tells_the_person(model, step):
    assert step.notice, f"{step.verb} has no notice"
    assert get_template(f"notices/{model._meta.app_label}/{step.notice}.txt")


@pytest.mark.parametrize("model, step", STEPS)
def test_every_step_has_tests_that_press_it(model, step):
    tests = [n for n in python("tests") if n.startswith(f"tests/{model._meta.app_label}/")]
    assert any(re.search(rf"\.{step.verb}\b|/{step.verb}/|[\"']{step.verb}[\"']", text_of(n)) for n in tests), (
        f"no test presses {step.verb}"
    )


@pytest.mark.parametrize("model, step", STEPS)
def test_a_step_sets_its_own_row_and_nothing_else(model, step):
    body = _body(model, step.verb)
    queries = [
        dotted
        for dotted in _called(body)
        if dotted in ("save", "create", "update", "delete", "get_or_create", "bulk_create", "filter", "send")
    ]
    assert not queries, f"{step.verb} calls {queries}: name it in the step as then=… or errand=…"


def test_every_errand_is_a_service():
    found(
        f"{model._meta.app_label}.services.{step.errand} is not there"
        for model in CASES
        for step in steps_of(model).values()
        if step.errand and not callable(getattr(import_module(f"{model._meta.app_label}.services"), step.errand, None))
    )


def _body(model, verb):
    name = model.__module__.replace(".", "/")
    file = f"{name}.py" if f"{name}.py" in python() else f"{name}/__init__.py"
    return next(n for n in ast.walk(tree(file)) if isinstance(n, ast.FunctionDef) and n.name == verb)


def _called(function):
    return [n.func.attr for n in ast.walk(ast.Module(function.body, [])) if isinstance(n, ast.Call) and isinstance(n.func, ast.Attribute)]
