"""One step on many cases at once (批量办理): which are offered, what would happen to each, and what did.

Only steps that say so themselves; every row is asked its rules anew under its lock, and what changed since it was shown is left alone.
A decision is taken in bulk only on cases that the same person has opened since they last moved.
"""

from dataclasses import dataclass

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from xinyijian.audit import record
from xinyijian.audit.models import Event
from xinyijian.people import scope
from xinyijian.policies import params_for

from . import pages, stand_ins
from .days import day_of
from .models import BulkAct, Docket
from .models.case import case_classes
from .rules import WRONG_STATE, Refused, Unmet
from .steps import Step
from .workflow import act_many, lock_many, steps_of_class, unmet_of

DONE, REFUSED, CHANGED, MISSING = "done", "refused", "changed", "missing"
NOT_LOOKED_AT = Unmet(
    "not_looked_at", _("You have not opened this case since it last changed"), remedy=_("Open it and look at its papers first")
)
COLLIDES = Unmet("collides", _("It collides with another case"), remedy=_("Open it and press the button there: it says why"))
GONE = Unmet("gone", _("It is not within your reach"))


@dataclass(frozen=True, slots=True)
class Row:
    """A case of the preview: what stands in the way of the step, if anything."""

    case: object
    unmet: list


def most(user, at) -> int:
    """Cases at once, by the policy of where the user works."""
    return params_for("casework", stand_ins.seat_of(user, at), day_of(at)).bulk_most


def is_offered(user, dockets, at) -> bool:
    """Whether any step for many is hers on what this list shows; without a query."""
    return any(_hers(step, user, at) for kind in {docket.kind for docket in dockets} for step in steps_for(kind))


def steps_for(kind) -> list[Step]:
    """The steps of that kind of case that may be pressed on many."""
    return [step for step in steps_of_class(model_of(kind)).values() if step.bulk]


def step_of(name) -> tuple[str, Step]:
    """("remote_care.Filing", its step) of "remote_care.Filing:accept"; 404 for what is none for many."""
    kind, _colon, verb = name.partition(":")
    step = next((step for step in steps_for(kind) if step.verb == verb), None)
    if step is None:
        raise Http404
    return kind, step


def cases_of(numbers, *, by, at) -> dict[str, list]:
    """{kind: cases} of the numbers that the reader may see; one query a kind."""
    dockets = Docket.objects.visible_to(by, at).filter(number__in=numbers)
    kinds = {}
    for kind, pk in dockets.values_list("kind", "pk"):
        kinds.setdefault(kind, []).append(pk)
    return {kind: list(model_of(kind).objects.filter(docket__in=pks).select_related("docket", "person").order_by("docket__due_at", "pk"))
            for kind, pks in sorted(kinds.items())}


def choices(cases, *, by, at) -> list[dict]:
    """The steps of which she may press at least one, each with on how many of how many."""
    found = []
    for kind, some in cases.items():
        for step in steps_for(kind):
            free = sum(not row.unmet for row in preview(some, step, by=by, at=at)) if _hers(step, by, at) else 0
            if free:
                found.append({"name": f"{kind}:{step.verb}", "step": step, "free": free, "all": len(some), "title": model_of(kind).title})
    return found


def preview(cases, step, *, by, at) -> list[Row]:
    """What would happen to each, as things are now."""
    unmet, looked = unmet_of(cases, step.verb, by=by, at=at), _looked_at(cases, by) if step.decision else set()
    return [Row(case, unmet[case.pk] or ([] if not step.decision or case.pk in looked else [NOT_LOOKED_AT])) for case in cases]


def newest(cases) -> int:
    """The latest event of all of them; the form carries it, so that what moves afterwards is left alone."""
    return max((event.pk for event in _last_moves(cases).values()), default=0)


@transaction.atomic
def press(name, numbers, *, key, seen, by, at, inputs) -> BulkAct:
    """All that can be done is done, each row says what became of it; the same key again only tells it. Refused beyond the ceiling."""
    kind, step = step_of(name)
    if len(numbers) > (limit := most(by, at)):
        raise Refused([Unmet("too_many", _("More than %(most)d cases at once") % {"most": limit}, remedy=_("Choose fewer"))])
    BulkAct.objects.bulk_create([BulkAct(key=key, by=by, at=at, kind=kind, verb=step.verb)], ignore_conflicts=True)
    run = BulkAct.objects.select_for_update(no_key=True).get(key=key)
    if run.by_id != by.pk:
        raise Http404
    if not run.rows:
        run.rows = _press(model_of(kind), step, numbers, seen, by, at, inputs)
        run.save(update_fields=["rows"])
        told = {outcome: sum(row[1] == outcome for row in run.rows) for outcome in (DONE, REFUSED, CHANGED, MISSING)}
        record(BulkAct._meta.label, "bulk", by=by, at=at, object_id=run.pk, region=scope.region_of(by, at), data={"step": name, **told})
    return run


def _press(model, step, numbers, seen, by, at, inputs):
    ids = list(model.objects.visible_to(by, at).filter(number__in=numbers).values_list("pk", flat=True))
    cases = {case.pk: case for case in lock_many(model, ids, by, at)}
    moves = _last_moves(cases.values())
    moved = {pk for pk, event in moves.items() if event.pk > seen}
    looked = _looked_at(cases.values(), by) if step.decision else set(cases)
    refused = {pk: [NOT_LOOKED_AT] for pk in set(cases) - moved - looked}
    done, more = _act(model, step, sorted(set(cases) - moved - set(refused)), by, at, inputs)
    refused |= more
    moved |= {pk for pk, unmet in refused.items() if unmet == [WRONG_STATE]}
    faster = pages.who_were_faster([(cases[pk], moves[pk]) for pk in moved])
    rows = {cases[pk].number: [DONE, []] for pk in done}
    rows |= {cases[pk].number: [REFUSED, _told(unmet)] for pk, unmet in refused.items()}
    rows |= {cases[pk].number: [CHANGED, [[str(faster[pk]), str(WRONG_STATE.remedy)]]] for pk in moved}
    return [[number, *rows.get(number, [MISSING, _told([GONE])])] for number in dict.fromkeys(numbers)]


def _act(model, step, ids, by, at, inputs):
    """(done, {pk: unmet}); when the batch collides with the database's own laws, one by one, so that the rest is done."""
    try:
        with transaction.atomic():
            report = act_many(getattr(model, step.verb), ids, by=by, at=at, **inputs)
        return report.done, report.refused
    except (IntegrityError, ValidationError, Refused):
        if len(ids) == 1:
            return [], {ids[0]: [COLLIDES]}
    done, refused = [], {}
    for pk in ids:
        some, no = _act(model, step, [pk], by, at, inputs)
        done, refused = done + list(some), refused | no
    return done, refused


def _last_moves(cases) -> dict:
    """{pk: its latest event}; one query."""
    cases = list(cases)
    if not cases:
        return {}
    events = Event.objects.filter(kind=cases[0]._meta.label, object_id__in=[case.pk for case in cases])
    return {event.object_id: event for event in events.order_by("object_id", "-pk").distinct("object_id")}


def _looked_at(cases, user) -> set:
    """Those that the user has opened since they last moved, by the trail."""
    cases = list(cases)
    moves = _last_moves(cases)
    looks = Event.objects.filter(kind=Docket._meta.label, object_id__in=[case.docket_id for case in cases], verb="read", by_id=user.pk)
    newest_look = dict(looks.order_by("object_id", "pk").values_list("object_id", "pk"))
    return {case.pk for case in cases if newest_look.get(case.docket_id, 0) > (moves[case.pk].pk if case.pk in moves else 0)}


def _told(unmet):
    return [[str(one.text), str(one.remedy)] for one in unmet]


def _hers(step, user, at):
    return any(isinstance(asked, str) and scope.holds_anywhere(user, asked, at) for asked in step.permissions)


def model_of(kind):
    """The Case class of that label; 404 for what is none."""
    if kind not in {model._meta.label for model in case_classes()}:
        raise Http404
    return apps.get_model(kind)
