"""The one door through which a case changes state.

    act(filing.accept, by=clerk, at=now)
    act_many(Filing.end, ids, by=CLOCK, at=now)

Both lock, ask, run and write through the same `press`: everything happens, or nothing.
"""
from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied
from django.db import connections, transaction
from django.http import Http404

from xinyijian.people import scope
from xinyijian.people.models import Person

from .actors import CLOCK, System
from .press import Press
from .rules import NOT_DUE, NOT_YOURS, WRONG_STATE, Refused, answers
from .steps import steps_of
from .writing import ENTRY, write, write_aims


@dataclass
class Report:
    """What became of each case of a batch."""

    done: list = field(default_factory=list)
    refused: dict = field(default_factory=dict)  # pk -> every unmet rule
    missing: set = field(default_factory=set)  # not visible; for the clock also: locked by somebody else


def act(method, *, by, at, **inputs):
    """Press one button on one case. Http404, PermissionDenied, or Refused with every reason; then discard the case in hand."""
    case, verb = method.__self__, method.__name__
    with transaction.atomic():
        lock(case, by=by, at=at)
        report = press([case], verb, by=by, at=at, inputs=inputs)
        if report.refused.get(case.pk) == [NOT_YOURS]:
            raise PermissionDenied(verb)
        if case.pk in report.refused:
            raise Refused(report.refused[case.pk])
    return case


def act_many(method, ids, *, by, at, **inputs) -> Report:
    """Press the same button on many cases, in as many queries as on ten."""
    model, verb = method._django_fsm.field.model, method.__name__
    with transaction.atomic():
        cases = lock_many(model, ids, by, at)
        report = press(cases, verb, by=by, at=at, inputs=inputs)
    report.missing = set(ids) - {c.pk for c in cases}
    return report


def re_aim(model, ids, *, at) -> int:
    """Whoever changes a fact, a policy value or the calendar so that something falls due earlier calls this in the same transaction."""
    with transaction.atomic():
        cases = list(_lock_rows(model.objects.filter(pk__in=ids, docket__closed_at=None).select_related("docket")))
        facts = model.facts_for(cases, at) if cases else {}
        presses = [Press(case, None, facts[case.pk], None, at) for case in cases]
        for one in presses:
            one.entry = tuple(getattr(one.case.docket, name) for name in ENTRY)  # what stands there, not what should
            one.aim()
        write_aims(presses)
    return sum(bool(p.changed) or p.new_entry != p.entry for p in presses)


def press(cases, verb, *, by, at, inputs) -> Report:
    """Ask every locked case; run and write those that are free to go."""
    report, presses = Report(), []
    if not cases:
        return report
    declared = steps_of_class(type(cases[0]))[verb]
    facts = _facts(cases, declared, at)
    for case in cases:
        one = Press(case, declared, facts.get(case.pk), by, at)
        unmet = unmet_for(one)
        if unmet:
            report.refused[case.pk] = unmet
            one.aim()  # facts may have moved a due date while nobody looked
        else:
            one.run(inputs)
            report.done.append(case.pk)
        presses.append(one)
    write(presses, declared, by=by, at=at, inputs=inputs)
    return report


def unmet_for(one: Press) -> list:
    """Everything that stands in the way of this press; the same list feeds the ✓/✗ on the page."""
    case, step, by = one.case, one.step, one.by
    if case.status not in step.sources:
        return [WRONG_STATE]
    if by is CLOCK and not one.is_due():
        return [NOT_DUE]
    if not may_press(case, step, by, one.at):
        return [NOT_YOURS]
    unmet = [a for _rule, a in one.answers() if not a.ok]
    if step.four_eyes and case.is_work_of(by):
        unmet.append(case.four_eyes_unmet)
    return unmet


def may_press(case, step, user, at) -> bool:
    """Whether this user may press this button on this case at all; its state and rules are another question."""
    return case.admits(step.verb, user) and any(_has(case, permission, user, at) for permission in step.permissions)


def _has(case, permission, user, at):
    if callable(permission):
        return permission(case, user)
    return not isinstance(user, System) and scope.holds(user, permission, case.region_id, case.organisation_id, at)


def checks_for(case, verb, *, by, at) -> list:
    """[(rule, Met | Unmet), …] for the page, without locking: what `act` would say now."""
    step = steps_of_class(type(case))[verb]
    rules = step.rules + step.weighs
    return answers(rules, case.facts_for([case], at)[case.pk], case.params()) if rules else []


def unmet_of(cases, verb, *, by, at) -> dict:
    """{pk: everything that stands in the way of this press} as things are now, without locking: what `act_many` would say."""
    if not cases:
        return {}
    declared = steps_of_class(type(cases[0]))[verb]
    facts = _facts(cases, declared, at)
    return {case.pk: unmet_for(Press(case, declared, facts.get(case.pk), by, at)) for case in cases}


_steps = {}


def steps_of_class(model) -> dict:
    """`steps_of`, remembered."""
    if model not in _steps:
        _steps[model] = steps_of(model)
    return _steps[model]


def lock(case, *, by, at):
    """Lock the person, then the case, and read it again. What the actor may not see does not exist."""
    _lock_people([case.person_id])
    try:
        case.refresh_from_db(from_queryset=_lock_rows(_visible(type(case), by, at)))
    except type(case).DoesNotExist:
        raise Http404 from None


def lock_many(model, ids, by, at) -> list:
    """Those that the actor may see, locked in the order of `lock`, by primary key; the clock leaves out what somebody else holds."""
    skip, wanted = isinstance(by, System), _visible(model, by, at).filter(pk__in=ids)
    people = _lock_people(sorted(set(wanted.values_list("person", flat=True))), skip)
    return list(_lock_rows(wanted.filter(person__in=people), skip))


def _lock_people(ids, skip=False) -> list[int]:
    """In plain SQL: half the price of the ORM on a path that every press takes."""
    waiting = "SKIP LOCKED" if skip else ""
    with connections["default"].cursor() as cursor:
        cursor.execute(f"SELECT id FROM {Person._meta.db_table} WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE {waiting}", [ids])
        return [pk for pk, in cursor.fetchall()]


def _lock_rows(rows, skip=False):
    # no_key: a foreign key check elsewhere must not wait for us.
    return rows.order_by("pk").select_for_update(no_key=True, skip_locked=skip, of=("self",))


def _visible(model, by, at):
    return model.objects.all() if isinstance(by, System) else model.objects.visible_to(by, at)


def _facts(cases, step, at):
    if step.rules or step.weighs or step.decision or step.derives or cases[0].deadlines_read_facts:
        return cases[0].facts_for(cases, at)
    return {}
