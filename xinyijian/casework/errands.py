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
UNANSWERED_IN_A_ROW = 3  # then the other side is away, and the rest need not find out one by one


def run_due(at) -> int:
    """Run every errand whose time has come; returns how many were done. Two runners never take the same one."""
    done = unanswered = 0
    while unanswered < UNANSWERED_IN_A_ROW and (errand := _take(at)):
        outcome = _run(errand, at)
        done += outcome is True
        unanswered = unanswered + 1 if outcome is None else 0
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


def _run(errand, at) -> bool | None:
    """True done, False refused, None unanswered."""
    try:
        case = errand.docket.case()
        answer = getattr(import_module(f"{case._meta.app_label}.services"), errand.name)(case, errand, at=at)
    except Unavailable as away:
        return _again(errand, at, str(away))
    except Rejected as no:
        return _finish(errand, at, f"{no}", done=False)
    except Exception as bug:  # one that nobody foresaw must not stop the others
        log.exception("errand_failed", name=errand.name, docket=errand.docket_id)
        return _again(errand, at, type(bug).__name__)
    return _finish(errand, at, answer or "", done=True)


def _again(errand, at, problem):
    pause = PAUSES[min(errand.attempts, len(PAUSES)) - 1]
    log.warning("errand_unanswered", name=errand.name, docket=errand.docket_id, attempts=errand.attempts)
    _close(errand, next_try_at=at + pause, answer=problem[:400])


def _finish(errand, at, answer, *, done):
    _close(errand, next_try_at=None, done_at=at if done else None, answer=answer[:400])
    return done


def _close(errand, **changes):
    """What is done stays done, also when a slow runner and the one that took over from it end in the wrong order."""
    Errand.objects.filter(pk=errand.pk, done_at=None).update(**changes)
