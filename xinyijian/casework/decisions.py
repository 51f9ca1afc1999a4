"""Explained decisions (决定): facts, rules, policy and outcome are kept, and asking again must give the same answers."""
from dataclasses import asdict, fields
from datetime import date, datetime
from decimal import Decimal
from typing import get_args, get_type_hints

from django.apps import apps
from django.utils.module_loading import import_string

from xinyijian.policies import Params
from xinyijian.policies.calendar import calendar

from .arrays import insert_many
from .models import Decision
from .rules import answers

NAMES = ("docket", "event", "outcome", "by", "at", "promised_at", "because", "facts", "answers", "params", "params_version")


def keep(presses, events, step, by, at, inputs):
    """One row for each press, in one statement."""
    because = str(inputs.get("because", ""))
    rows = [(p.case.docket_id, events[p.case.pk], step.decision, by.pk, at, _promised(p.case), because, plain(asdict(p.facts)),
             _answers(p, step), p.params.snapshot(), p.params.version) for p in presses]
    insert_many(Decision, NAMES, rows)


def _promised(case):
    """Until when the decision was to come; the service names the field, or none."""
    return getattr(case, case.figures["told"]) if "told" in case.figures else None


def _answers(press, step):
    asked = press.answers() + answers(step.weighs, press.facts, press.params)
    return [[f"{rule.__module__}.{rule.__name__}", "" if a.ok else a.code] for rule, a in asked]


def asked_again(decision: Decision) -> list:
    """[(rule, Met | Unmet), …] of today's code over the facts and the policy of then."""
    facts = facts_of(decision)
    params = Params.from_snapshot(decision.params, calendar())
    return answers([import_string(name) for name, _code in decision.answers], facts, params)


def still_holds(decision: Decision) -> bool:
    """Whether re-evaluating gives the answers that were given."""
    return [[name, code] for name, code in decision.answers] == [
        [f"{rule.__module__}.{rule.__name__}", "" if a.ok else a.code] for rule, a in asked_again(decision)]


def facts_of(decision: Decision):
    """The stored facts in the shape that the service's rules read; a fact that came later has a default."""
    kind = apps.get_model(decision.docket.kind).Facts
    hints = get_type_hints(kind)
    return kind(**{f.name: _typed(hints[f.name], decision.facts[f.name]) for f in fields(kind) if f.name in decision.facts})


def plain(value):
    """Facts as JSON: moments and days in ISO form, money as text, sets and tuples as lists."""
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(v) for v in (sorted(value) if isinstance(value, (set, frozenset)) else value)]
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    return value if isinstance(value, (bool, int, str, type(None))) else str(value)


def plain_inputs(inputs) -> dict:
    """What was typed, by reference where it is a row; for the event."""
    return {name: plain(getattr(value, "pk", value)) for name, value in inputs.items()}


def _typed(hint, value):
    if value is None:
        return None
    kinds = [k for k in (get_args(hint) or (hint,)) if k is not type(None)]
    kind = kinds[0] if hint not in (tuple, frozenset) else hint
    if getattr(hint, "__origin__", None) in (tuple, frozenset, list):
        return hint.__origin__(value)
    if kind in (tuple, frozenset):
        return kind(value)
    if kind in (datetime, date):
        return kind.fromisoformat(value)
    return Decimal(value) if kind is Decimal else value
