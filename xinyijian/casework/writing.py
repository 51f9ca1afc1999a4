"""What a press leaves behind, for one case or two thousand: one statement per table."""
from xinyijian.audit.models import Event

from . import decisions, notices, stand_ins
from .arrays import insert_many, update_many
from .capacity import capacity_of
from .models import Docket, Errand

ENTRY = ("status", "queue_role", "due_name", "due_at", "closed_at", "received_at")
EVENT = ("kind", "object_id", "person_id", "verb", "source", "target", "by_id", "by_label", "on_behalf_of_id", "region", "at", "data")


def write(presses, step, *, by, at, inputs):
    """Cases, register, events, notices, decisions and errands; then the verbs of lower layers, and the letters."""
    write_aims(presses)
    happened = [p for p in presses if p.ran]
    if not happened:
        return
    events = _insert_events(happened, step, by, at, inputs)
    if step.notice:
        notices.queue(happened, events, step, at)
    if step.decision:
        decisions.keep(happened, events, step, by, at, inputs)
    if step.errand:
        insert_many(Errand, ("event", "docket", "name", "attempts", "next_try_at", "answer"),
                [(events[p.case.pk], p.case.docket_id, step.errand, 0, at, "") for p in happened])
    for verb in step.then:
        verb([p.case for p in happened], at=at, by=by, inputs=inputs)
    if step.letter:
        from .letters import issuing  # not above: what a letter says rests on the pages, and they on the door

        # Last, because whoever numbers a letter is waited for until the transaction ends.
        issuing.issue(happened, events, step, by=by, at=at)


def write_aims(presses):
    """The changed columns of the cases, and the register where it says something new."""
    changed = [p for p in presses if p.changed]
    if changed:
        names = sorted({name for p in changed for name in p.changed})
        update_many(type(changed[0].case), names, [(p.case.pk, *(p.case.__dict__[n] for n in names)) for p in changed])
    moved = [(p.case.docket_id, *p.new_entry) for p in presses if p.new_entry != p.entry]
    if moved:
        update_many(Docket, ENTRY, moved)


def _insert_events(happened, step, by, at, inputs) -> dict:
    """{case pk: event id}"""
    label, data, hers = type(happened[0].case)._meta.label, decisions.plain_inputs(inputs), step.is_the_applicants
    absent = stand_ins.for_whom(by, [p.case for p in happened], at)
    rows = [(label, p.case.pk, p.case.person_id, step.verb, p.source, p.case.status, by.pk, capacity_of(by, p.case, at),
             p.case.person_id if hers and by.person_id != p.case.person_id else None, p.case.region_id, at,
             data | {stand_ins.FOR: absent[p.case.docket_id]} if p.case.docket_id in absent else data) for p in happened]
    return dict(insert_many(Event, EVENT, rows, returning="object_id, id"))
