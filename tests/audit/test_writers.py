"""Six writers of unequal manners, and the sealer beside them: each event that was committed is sealed once, in one chain."""

import threading

from django.db import transaction

from tests.audit.trail import in_threads, seal_all, write_events
from xinyijian.audit import sealing
from xinyijian.audit.models import Event, Seal
from xinyijian.audit.verification import first_finding

WRITERS, EVENTS = 6, 200


def sealed_ids() -> list[int]:
    """Every id in every seal, as often as it stands there."""
    whole = b"".join(bytes(leaves) for leaves in Seal.objects.order_by("pk").values_list("leaves", flat=True))
    return [int.from_bytes(whole[at : at + 8], "big") for at in range(0, len(whole), 40)]


def write(size):
    """Two hundred events in transactions of `size`, and between them some that are taken back."""
    for _round in range(EVENTS // size):
        with transaction.atomic():
            write_events(size)
        with transaction.atomic():
            write_events(1, kind="tests.TakenBack")
            transaction.set_rollback(True)


def test_each_committed_event_is_sealed_once_while_writers_write(transactional_db):
    running = threading.Semaphore(0)
    over, beside = threading.Event(), []

    def writer(size):
        write(size)
        running.release()

    def keep_sealing():
        while not over.wait(0.005):
            beside.append(sealing.seal(batch=50))

    def wait():
        [running.acquire(timeout=60) for _writer in range(WRITERS)]
        over.set()

    in_threads(*(lambda size=size: writer(size) for size in (1, 2, 5, 20, 50, 200)), keep_sealing, wait)
    assert sum(beside), "nothing was sealed while they wrote: this proves little"
    seal_all()
    ids = sealed_ids()
    assert len(ids) == len(set(ids)) == WRITERS * EVENTS
    assert set(ids) == set(Event.objects.values_list("pk", flat=True))
    assert first_finding() is None
