"""One press through the door, against the plainest twin: read, django-fsm transition, save, one event, in a transaction."""

from datetime import timedelta

from django.db import transaction

from bench.ground import OPENED, seed
from bench.measure import result, seconds
from remote_care.models import Filing
from xinyijian.audit.models import Event
from xinyijian.casework.workflow import act
from xinyijian.people.models import User

CASES, ROUNDS, EACH = 20_000, 5, 100
NOW = OPENED + timedelta(days=1)
INPUTS = {"redo": [], "because": "x"}


def run():
    seed(CASES)
    by = User.objects.get(username="clerk")
    ids = list(Filing.objects.filter(status="submitted").order_by("pk").values_list("pk", flat=True)[: 2 * ROUNDS * EACH])
    Filing.objects.filter(pk__in=ids).update(submitted_at=OPENED)
    doors, plains, counts = [], [], set()
    for n in range(ROUNDS):
        for deed, times, part in ((_plain, plains, ids[2 * n * EACH : :][:EACH]), (_door, doors, ids[(2 * n + 1) * EACH : :][:EACH])):
            before = Event.objects.count()
            times.append(seconds(lambda deed=deed, part=part: [deed(pk, by) for pk in part]))
            counts.add(Event.objects.count() - before)
    if counts != {EACH}:
        raise SystemExit(f"the two sides left different rows: {counts}")
    return [
        result(
            "one act / fsm + save + event",
            3.0,
            doors,
            plains,
            unit="ms a press",
            per=EACH,
            note="return_to_applicant; the door also locks, checks scope, permission and due dates, writes the register and a notice",
        )
    ]


def _plain(pk, by):
    with transaction.atomic():
        filing = Filing.objects.get(pk=pk)
        source = filing.status
        filing.return_to_applicant(by=by, at=NOW, **INPUTS)
        filing.save()
        Event.objects.create(
            kind="remote_care.Filing",
            object_id=pk,
            person_id=filing.person_id,
            verb="return_to_applicant",
            source=source,
            target=filing.status,
            by_id=by.pk,
            by_label="clerk",
            region=filing.region_id,
            at=NOW,
            data=INPUTS,
        )


def _door(pk, by):
    act(Filing.objects.get(pk=pk).return_to_applicant, by=by, at=NOW, **INPUTS)
