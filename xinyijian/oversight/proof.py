"""Proof of the chain: what is sealed, what is not yet, and a stretch of it read again by the worker."""

from django.db import connection, transaction
from django.db.models import Sum

from xinyijian.audit.models import Seal
from xinyijian.audit.sealing import AFTER, place
from xinyijian.audit.verification import first_finding

from .models import ProofRun


def state() -> dict:
    """The last seal, its fingerprint, and how many events wait behind it (counted up to 10,000)."""
    last = Seal.objects.defer("leaves").order_by("-pk").first()
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM (SELECT FROM audit_event WHERE {AFTER} LIMIT 10000) tail", place(last))
        tail = cursor.fetchone()[0]
    return {"last": last, "head": bytes(last.root).hex() if last else "", "tail": tail}


def ask(first, last, *, by, at) -> ProofRun:
    """Ask for a proof of the seals first to last."""
    return ProofRun.objects.create(asked_by=by, asked_at=at, first_seal=first, last_seal=last)


def run_waiting(at) -> int:
    """Run what was asked for; how many. Two workers never take the same one."""
    done = 0
    while _run_next(at):
        done += 1
    return done


@transaction.atomic
def _run_next(at) -> bool:
    run = ProofRun.objects.select_for_update(skip_locked=True).filter(finished_at=None).order_by("pk").first()
    if run is None:
        return False
    finding = first_finding(run.first_seal, run.last_seal)
    seals = Seal.objects.filter(pk__range=(run.first_seal, run.last_seal))
    run.events, run.finding, run.finished_at = seals.aggregate(all=Sum("count"))["all"] or 0, str(finding or ""), at
    run.save(update_fields=["events", "finding", "finished_at"])
    return True
