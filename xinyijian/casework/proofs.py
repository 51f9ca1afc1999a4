"""What must hold after every run (`manage.py prove`). Each proof looks at everything, batch by batch, in constant memory.

A proof yields how many rows it looked at (int) and each violation (str). The numbers are those of the list of invariants:
I3 nothing lost, I4 nothing double, I5 history, I6 trail, I9 due dates, I10 register, I12 notices, I13 no identity in clear, I14 decisions.
"""
import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby

from django.core.exceptions import ValidationError
from django.db.models import Exists, F, OuterRef, Q, TextField
from django.db.models.functions import Cast

from xinyijian.audit.models import Event, Seal
from xinyijian.audit.verification import first_finding
from xinyijian.people import certificates

from .decisions import still_holds
from .models import Decision, Deficiency, Docket, Errand, Notice, WithGaps
from .models.case import case_classes
from .press import first_for_the_clock
from .steps import steps_of

BATCH = 2000
PATIENCE = timedelta(minutes=10)  # ten sweeps of the clock
NUMBER = r"(?<!\d)([1-9]\d{16}[\dXx]|1[3-9]\d{9})(?!\d)"  # an identity number, or a mobile phone; PostgreSQL reads it as Python does
TEXTS = ((Event, "data"), (Notice, "text"), (Notice, "problem"), (Decision, "facts"), (Decision, "because"), (Errand, "answer"))
PROOFS = {}


@dataclass(frozen=True, slots=True)
class Proof:
    invariant: str
    says: str
    look: callable


def proof(invariant, says):
    """Register a function `look(at)` as the proof of an invariant."""

    def register(look):
        PROOFS[look.__name__] = Proof(invariant, says, look)
        return look

    return register


def prove(at, without=()) -> list[str]:
    """Every violation at a moment, as text; for tests after a walk. `without` names proofs to leave out."""
    wanted = [p for name, p in PROOFS.items() if name not in without]
    return [f"{p.invariant}: {found}" for p in wanted for found in p.look(at) if isinstance(found, str)]


def batches(rows):
    """Lists of at most BATCH rows in the order of their primary key."""
    last = 0
    while batch := list(rows.filter(pk__gt=last).order_by("pk")[:BATCH]):
        yield batch
        last = batch[-1].pk


@proof("I3", "what was due has been pressed")
def everything_due_was_pressed(at):
    for model in case_classes():
        late = model.objects.filter(next_due_at__lt=at - PATIENCE).filter(Q(retry_at=None) | Q(next_due_at__lt=at - timedelta(days=1)))
        yield model.objects.exclude(next_due_at=None).count()
        yield from (f"{c} waits for {c.next_verb} since {c.next_due_at:%F %R}" for c in late.order_by("next_due_at").iterator())


@proof("I3", "each step has left its notices, its decision and its errand")
def nothing_of_a_step_is_lost(at):
    for model in case_classes():
        steps, happened = steps_of(model), Event.objects.filter(kind=model._meta.label).exclude(target="")
        yield happened.count()
        for needed, table in (("notice", Notice), ("decision", Decision), ("errand", Errand)):
            verbs = [verb for verb, step in steps.items() if getattr(step, needed)]
            lost = happened.filter(~Exists(table.objects.filter(event=OuterRef("pk"))), verb__in=verbs)
            yield from (f"{model.__name__} {e.object_id}: {e.verb} of {e.at:%F %R} has no {needed}" for e in lost.iterator())


@proof("I4, I5", "every history is a path of the declared graph, and nothing is in it twice")
def history_is_a_path(at):
    for model in case_classes():
        steps = steps_of(model)
        for cases in batches(model.objects.all()):
            events = _events(model, cases)
            yield sum(map(len, events.values()))
            for case in cases:
                yield from (f"{case}: {problem}" for problem in _broken_path(model, steps, case, events[case.pk]))


def _events(model, cases):
    rows = Event.objects.filter(kind=model._meta.label, object_id__in=[c.pk for c in cases]).exclude(target="").order_by("object_id", "id")
    return defaultdict(list, {pk: list(found) for pk, found in groupby(rows.iterator(chunk_size=BATCH), key=lambda e: e.object_id)})


def _broken_path(model, steps, case, events):
    state, seen = "", set()
    for event in events:
        if event.source != state:
            yield f"{event.verb} starts in {event.source}, but the case was {state or 'not there'}"
        if not _declared(model, steps, event):
            yield f"{event.verb} from {event.source} to {event.target} is not declared"
        if (event.verb, event.at) in seen:
            yield f"{event.verb} happened twice at {event.at:%F %R}"
        seen.add((event.verb, event.at))
        state = event.target
    if state != case.status:
        yield f"is {case.status}, but its history ends in {state or 'nothing'}"


def _declared(model, steps, event):
    if event.verb == "start":
        return (event.source, event.target) == ("", model._meta.get_field("status").default)
    step = steps.get(event.verb)
    return step is not None and event.source in step.sources and event.target == (step.target or event.source)


@proof("I6", "each step says who acted and for whom, and each decision on which policy")
def the_trail_is_complete(at):
    steps = Event.objects.filter(kind__in=[m._meta.label for m in case_classes()]).exclude(target="")
    yield steps.count()
    nobody = steps.filter(Q(by_label="") | Q(person_id=None) | Q(region="") | Q(by_id=None) & ~Q(by_label__in=["clock", "platform"]))
    yield from (f"event {e.pk} ({e}) does not say who did it, or for whom" for e in nobody.iterator())
    vague = Decision.objects.filter(Q(params_version="") | ~Q(event__at=F("at")))
    yield from (f"decision {d.pk} does not name its policy or its moment" for d in vague.iterator())


@proof("I6", "the events are as they were sealed")
def the_seals_hold(at):
    yield Seal.objects.count()
    if finding := first_finding():
        yield str(finding)


@proof("I9, I10", "stored due dates and the register are what the case says of itself")
def the_register_is_a_function_of_the_case(at):
    for model in case_classes():
        for cases in batches(model.objects.select_related("docket")):
            yield len(cases)
            facts = model.facts_for(cases, at) if model.deadlines_read_facts else {}
            for case in cases:
                yield from (f"{case}: {problem}" for problem in _disagreement(case, case.deadlines(facts.get(case.pk), case.params()), at))


def _disagreement(case, dues, at):
    first, docket = first_for_the_clock(dues), case.docket
    wanted = (first.verb, first.at) if first else ("", None)
    if (case.next_verb, case.next_due_at) != wanted:
        yield f"the clock is set to {case.next_verb} {case.next_due_at}, it should be {wanted}"
    said = (docket.status, docket.queue_role, docket.due_name, docket.due_at, docket.closed_at is not None, docket.received_at)
    *turn, closed_at, received_at = case.entry(dues, at)
    if said != (should := (*turn, closed_at is not None, received_at)):
        yield f"the register says {said}, it should say {should}"
    if (docket.number, docket.kind, docket.person_id, docket.region_id) != (case.number, case._meta.label, case.person_id, case.region_id):
        yield "the register entry is another case's"


@proof("I10", "every open case waits for exactly one: a role, the clock, or whoever may press its next step")
def nobody_is_forgotten(at):
    for model in case_classes():
        moving = {source for step in steps_of(model).values() for source in step.sources}
        waiting = Docket.objects.filter(kind=model._meta.label, closed_at=None)
        yield waiting.count()
        stuck = waiting.filter(queue_role="").exclude(status__in=moving)
        yield from (f"{d} is {d.status} and waits for nobody" for d in stuck.iterator())
    orphans = Docket.objects.exclude(kind__in=[m._meta.label for m in case_classes()])
    yield from (f"{d} is no service's" for d in orphans.iterator())


@proof("I10", "the list of missing documents is what the case owes")
def gaps_are_what_the_case_owes(at):
    for model in case_classes():
        for cases in batches(model.objects.exclude(gaps=[])) if issubclass(model, WithGaps) else ():
            open_rows = Deficiency.objects.filter(docket__in=[c.docket_id for c in cases]).exclude(state=Deficiency.State.VERIFIED)
            owed = defaultdict(set)
            for docket, code in open_rows.values_list("docket_id", "code"):
                owed[docket].add(code)
            yield len(cases)
            yield from (f"{c} owes {c.gaps}, listed is {sorted(owed[c.docket_id])}" for c in cases if owed[c.docket_id] != set(c.gaps))


@proof("I12", "each notice has arrived, is given to the phone list, stands in the portal, or will be tried again")
def every_notice_ends_or_goes_on(at):
    yield Notice.objects.count()
    state = Notice.State
    moving = [state.QUEUED, state.SENT]
    over = Notice.objects.exclude(state__in=moving).exclude(next_try_at=None)
    dropped = Notice.objects.filter(state__in=moving, next_try_at=None)
    for rows, problem in ((over, "is over and would be sent again"), (dropped, "was dropped")):
        yield from (f"notice {n.pk} ({n}) {problem}" for n in rows.iterator())


@proof("I12", "the outbox and the errands move")
def nothing_waits_for_days(at):
    for model in (Notice, Errand):
        yield model.objects.exclude(next_try_at=None).count()
        late = model.objects.filter(next_try_at__lt=at - timedelta(days=1))
        yield from (f"{model.__name__.lower()} {one.pk} ({one}) waits since {one.next_try_at:%F %R}" for one in late.iterator())


@proof("I13", "no identity number or phone stands in events, notices, decisions or errands")
def nobody_is_named_in_clear(at):
    for model, name in TEXTS:
        yield model.objects.count()
        suspects = model.objects.annotate(clear=Cast(name, TextField())).filter(clear__regex=NUMBER)
        for pk, text in suspects.values_list("pk", "clear").iterator():
            if any(map(_is_somebodys, re.findall(NUMBER, text))):
                yield f"{model.__name__.lower()} {pk} names somebody in {name}"


def _is_somebodys(number):
    """A phone always; an identity number only when its check character fits, because other numbers are long too."""
    return len(number) == 11 or certificates.check_character(number[:17]) == number[17].upper()


@proof("I14", "asking a decision's rules again gives the same answers")
def decisions_still_hold(at):
    for decisions in batches(Decision.objects.select_related("docket")):
        yield len(decisions)
        for decision in decisions:
            try:
                same = still_holds(decision)
            except (TypeError, KeyError, ImportError, ValidationError) as error:
                yield f"decision {decision.pk} cannot be asked again: {error!r}"
            else:
                yield from [] if same else [f"decision {decision.pk} ({decision}) would be answered otherwise today"]
