"""Errands: what must be asked of another system after a step. Queued with the step, run outside any lock, again until answered."""
from datetime import timedelta
from importlib import import_module

import structlog
from django.db import transaction

from xinyijian.gateways import Rejected, Unavailable

from .models import Errand

log = structlog.get_logger(__name__)
PAUSES = [timedelta(minutes=m) for m in (1, 5, 15, 60)]  # then every hour: somebody may enter the answer by hand meanwhile
LEASE = timedelta(minutes=2)


def run_due(at) -> int:
    """Run every errand whose time has come; returns how many were done. Two runners never take the same one."""
    done = 0
    while errand := _take(at):
        done += _run(errand, at)
    return done


@transaction.atomic
def _take(at):
    """The next one, lent for two minutes: a killed runner gives it back by itself."""
    errand = Errand.objects.filter(next_try_at__lte=at).order_by("next_try_at", "pk").select_for_update(skip_locked=True).first()
    if errand:
        errand.attempts += 1
        errand.next_try_at = at + LEASE
        errand.save(update_fields=["attempts", "next_try_at"])
    return errand


def _run(errand, at) -> bool:
    case = errand.docket.case()
    deed = getattr(import_module(f"{case._meta.app_label}.services"), errand.name)
    try:
        answer = deed(case, errand, at=at)
    except Unavailable as away:
        return _again(errand, at, str(away))
    except Rejected as no:
        return _finish(errand, at, f"{no}", done=False)
    return _finish(errand, at, answer or "", done=True)


def _again(errand, at, problem):
    pause = PAUSES[min(errand.attempts, len(PAUSES)) - 1]
    log.warning("errand_unanswered", name=errand.name, docket=errand.docket_id, attempts=errand.attempts)
    Errand.objects.filter(pk=errand.pk).update(next_try_at=at + pause, answer=problem[:400])
    return False


def _finish(errand, at, answer, *, done):
    Errand.objects.filter(pk=errand.pk).update(next_try_at=None, done_at=at if done else None, answer=answer[:400])
    return done
