"""Sends the outbox: each notice once, in daytime, again while the carrier is away, and to the phone list when all fails.

The text stands in the portal from the moment it was queued; here it only goes to a phone as well.
"""
from datetime import datetime, time, timedelta

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Coalesce

from xinyijian.gateways import Rejected, Unavailable, sms
from xinyijian.people.models import Phone

from .days import SHANGHAI
from .models import Notice

log = structlog.get_logger(__name__)

QUIET_FROM, QUIET_UNTIL = time(22), time(7)  # Shanghai wall time; one-time codes do not pass through here
PAUSES = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 240, 240)]  # then somebody telephones
LEASE = timedelta(minutes=2)  # a killed sender's notice comes back after this; longer than any answer is waited for
RECEIPT_WITHIN = timedelta(hours=24)
UNANSWERED_IN_A_ROW = 3  # then the carrier is away and the rest of the outbox need not find out one by one
LONGEST_SWEEP = 500  # notices; the next sweep is seconds away

State = Notice.State


def send_due(at: datetime) -> int:
    """Send what is due; returns how many the carrier took. Any number of sweeps may run at once."""
    if is_quiet(at):
        return 0
    sent = unanswered = 0
    for _turn in range(LONGEST_SWEEP):
        if unanswered == UNANSWERED_IN_A_ROW or (notice := _take(at)) is None:
            break
        outcome = _escalate(notice) if notice.state == State.SENT else _send(notice, at)
        sent += outcome is True
        unanswered = unanswered + 1 if outcome is None else 0
    return sent


def is_quiet(at: datetime) -> bool:
    """Nobody is woken by a message between ten in the evening and seven in the morning (settings.QUIET_HOURS)."""
    clock = at.astimezone(SHANGHAI).time()
    return settings.QUIET_HOURS and (clock >= QUIET_FROM or clock < QUIET_UNTIL)


def key_of(notice) -> str:
    """What makes the carrier take one notice once, however often it is sent."""
    return f"notice-{notice.pk}"


@transaction.atomic
def _take(at):
    """The next one, lent to this sweep; the lock ends here, before anything is sent."""
    due = Notice.objects.filter(next_try_at__lte=at).order_by("next_try_at", "pk")
    notice = due.select_for_update(skip_locked=True, no_key=True, of=("self",)).select_related("recipient").first()
    if notice:
        notice.attempts += notice.state == State.QUEUED
        notice.next_try_at = at + LEASE
        notice.save(update_fields=["attempts", "next_try_at"])
    return notice


def _send(notice, at) -> bool | None:
    """True taken, False given up, None unanswered."""
    try:
        number = phone_of(notice.recipient)
        if not number:
            return _give_up(notice, "no phone number")
        receipt = sms.send(number, notice.text, key=key_of(notice))
    except Unavailable as away:
        return _again(notice, at, str(away))
    except Rejected as no:
        return _give_up(notice, str(no))
    except Exception as bug:  # one that nobody foresaw must not stop the others
        log.exception("notice_failed", notice=notice.pk)
        return _again(notice, at, type(bug).__name__)
    _close(notice, state=State.SENT, receipt=receipt, sent_at=at, next_try_at=at + RECEIPT_WITHIN, problem="")
    return True


def phone_of(person) -> str:
    """The number she proved at sign-in, else the one that the register holds; "" when neither is known."""
    proved = Phone.objects.filter(user__person=person, user__is_active=True, verified_at__isnull=False).order_by("-verified_at").first()
    return proved.number if proved else person.phone


def _again(notice, at, problem) -> bool | None:
    if notice.attempts > len(PAUSES):
        return _give_up(notice, problem)
    _close(notice, next_try_at=at + PAUSES[notice.attempts - 1], problem=problem[:200])
    log.warning("notice_unanswered", notice=notice.pk, attempts=notice.attempts)
    return None


def _give_up(notice, problem) -> bool:
    """On to the phone list that staff see, unless she has read it in the portal meanwhile."""
    _close(notice, state=State.PORTAL if notice.read_at else State.FAILED, next_try_at=None, problem=problem[:200])
    log.warning("notice_given_up", notice=notice.pk, read=bool(notice.read_at))
    return False


def _escalate(notice) -> bool:
    return _give_up(notice, "the carrier never said that it arrived")


def _close(notice, **changes):
    """Only while the notice is as it was taken: a receipt may have come meanwhile, and it counts more."""
    Notice.objects.filter(pk=notice.pk, state=notice.state, attempts=notice.attempts).update(**changes)


def record_receipt(key: str, receipt: str, status: str, at: datetime) -> bool:
    """Note what the carrier says of the message with that key; False for one that is not ours. Said twice is said once.

    A receipt may overtake the answer to the sending, or follow one that was lost: the key finds the notice all the same.
    """
    prefix, _dash, number = key.rpartition("-")
    if prefix != "notice" or not number.isdecimal():
        return False
    open_ones = Notice.objects.filter(pk=number, answered_at=None).exclude(state=State.PORTAL)
    arrived = status == "delivered"
    state, problem = (State.DELIVERED, "") if arrived else (State.FAILED, "the carrier could not deliver it")
    sent_at = Coalesce("sent_at", Value(at))
    open_ones.update(state=state, problem=problem, answered_at=at, next_try_at=None, receipt=receipt[:60], sent_at=sent_at)
    return True
