"""How a case comes into being: number, register entry, first state and first event, all or nothing."""
from django.db import IntegrityError, transaction

from xinyijian.audit.models import Event

from .capacity import capacity_of
from .models import Docket
from .numbers import new_number


def start(model, *, person, by, at, key=None, occurred_at=None, data=None, **fields):
    """A new case in its first state. With the same single-use `key` (UUID) the same case comes back: two posts are one case.

    `occurred_at` is the true time of what is entered late; `opened_at` stays the real one. `data` is said in the event.
    """
    if key and (found := _already(model, key, by)):
        return found
    try:
        with transaction.atomic():
            return _new(model, person, by, at, data, start_key=key, occurred_at=occurred_at, **fields)
    except IntegrityError:
        if key and (found := _already(model, key, by)):
            return found
        raise


def _already(model, key, by):
    return model.objects.filter(start_key=key, opened_by=by).first()


def _new(model, person, by, at, data, **fields):
    number = new_number(model.prefix, person.region_id, at)
    shared = {"person": person, "region_id": person.region_id, "organisation": fields.get("organisation"), "opened_by": by, "opened_at": at}
    shared["occurred_at"] = fields.get("occurred_at")
    docket = Docket.objects.create(number=number, kind=model._meta.label, status="draft", **shared)
    case = model.objects.create(number=number, docket=docket, **{**fields, **shared})
    Event.objects.create(kind=model._meta.label, object_id=case.pk, person_id=person.pk, verb="start", source="", target=case.status,
                         by_id=by.pk, by_label=capacity_of(by, case, at), region=case.region_id, at=at, data=(data or {}) | _late(case),
                         on_behalf_of_id=person.pk if by.person_id != person.pk else None)
    return case


def _late(case):
    return {"occurred_at": case.occurred_at.isoformat()} if case.occurred_at else {}
