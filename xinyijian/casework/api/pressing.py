"""Pressing a step of a case for a machine: the same form, the same door and the same rules as on the page."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from rest_framework import serializers

from xinyijian.casework import documents
from xinyijian.casework.forms import form_for
from xinyijian.casework.rules import WRONG_STATE, Refused
from xinyijian.casework.tasks import nudge
from xinyijian.casework.workflow import act, lock, may_press, steps_of_class

from .fields import UNKNOWN
from .problems import Problem


def press(case, verb, data, files, *, by, at):
    """The case after the step. Problem, Refused with every reason, PermissionDenied, or ValidationError naming each field."""
    step = steps_of_class(type(case)).get(verb)
    if step is None:
        raise Problem("not_found")
    if not may_press(case, step, by, at):
        raise PermissionDenied(str(step.label))
    lock(case, by=by, at=at)
    if case.status not in step.sources:
        raise Refused([WRONG_STATE])
    act(getattr(case, verb), by=by, at=at, **_inputs(case, verb, data, files, by, at))
    transaction.on_commit(nudge)
    return case


def _inputs(case, verb, data, files, by, at) -> dict:
    form_class = form_for(case, verb)
    names = form_class(case=case, at=at, by=by).fields
    if unknown := sorted((set(data) | set(files)) - set(names)):
        raise serializers.ValidationError({name: [serializers.ErrorDetail(UNKNOWN, code="unknown")] for name in unknown})
    drawn = {name: documents.drawn(file, case.person_id) for name, file in files.items()}
    form = form_class(data, drawn, case=case, at=at, by=by)
    if not form.is_valid():
        raise serializers.ValidationError(
            {
                name: [serializers.ErrorDetail(m, code=e.code or "invalid") for e in errors.as_data() for m in e.messages]
                for name, errors in form.errors.items()
            }
        )
    return form.inputs()
