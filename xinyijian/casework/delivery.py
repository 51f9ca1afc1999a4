"""Sends the outbox: each notice once on a rung, in daytime, again while the carrier is away, down the ladder when a way fails.

The text stands in the portal from the moment it was queued; here it only goes out of the house as well.
"""
from datetime import datetime, timedelta

import structlog
from django.db import transaction

from xinyijian.gateways import Rejected, Unavailable, email, sms, wechat
from xinyijian.people import reach
from xinyijian.people.sandbox import is_sandbox

from . import ladder
from .days import day_of
from .models import Channel, Notice, Sending

log = structlog.get_logger(__name__)

LEASE = timedelta(minutes=2)  # a killed sender's notice comes back after this; longer than any answer is waited for
NOT_EVEN_ASKED = timedelta(minutes=1)  # of a carrier that others have found away
UNANSWERED_IN_A_ROW = 3  # then the carrier is away and the rest of the outbox need not find out one by one
MOST_BUGS = 7
LONGEST_SWEEP = 500  # notices; the next sweep is seconds away
CARRIERS = {Channel.WECHAT: wechat.send, Channel.SMS: sms.send, Channel.EMAIL: email.send}  # one-time codes do not pass through here

State = Notice.State


def send_due(at: datetime) -> int:
    """Send what is due; returns how many a carrier took. Any number of sweeps may run at once."""
    sent, unanswered = 0, dict.fromkeys(CARRIERS, 0)
    for _turn in range(LONGEST_SWEEP):
        away = {channel for channel, times in unanswered.items() if times == UNANSWERED_IN_A_ROW}
        if (notice := _take(at, away)) is None:
            break
        outcome = _next_step(notice, at, away)
        sent += outcome is True
        if notice.channel in unanswered and notice.channel not in away:
            unanswered[notice.channel] = unanswered[notice.channel] + 1 if outcome is None else 0
    return sent


def key_of(notice, channel="") -> str:
    """What makes a carrier take one notice once, however often it is sent."""
    return f"notice-{notice.pk}-{channel or notice.channel or Channel.SMS}"


@transaction.atomic
def _take(at, away):
    """The next one, lent to this sweep and put on its rung; the lock ends here, before anything is sent."""
    due = Notice.objects.filter(next_try_at__lte=at).exclude(channel__in=away).order_by("next_try_at", "pk")
    rows = due.select_for_update(skip_locked=True, no_key=True, of=("self",))
    notice = rows.select_related("recipient", "docket").first()
    if notice:
        notice.attempts += notice.state == State.QUEUED
        notice.next_try_at = at + LEASE
        notice.save(update_fields=["attempts", "next_try_at"])
    return notice


def _next_step(notice, at, away) -> bool | None:
    """True taken by a carrier, False not sent, None unanswered."""
    try:
        if died(notice.recipient, at):
            return _stop(notice)
        if is_sandbox(notice.region_id):
            return not ladder.move(notice, state=State.PORTAL, next_try_at=None)
        params = ladder.params_of(notice, at)
        if notice.state == State.SENT:
            return ladder.fall(notice, at, "no_receipt", params=params)
        if (morning := ladder.quiet_until(notice, params, at)) is not None:
            return _wait(notice, morning)
        if not notice.channel and not _begin(notice, params, at):
            return False
        return _wait(notice, at + NOT_EVEN_ASKED) if notice.channel in away else _send(notice, params, at)
    except Exception as bug:  # one that nobody foresaw must not stop the others
        log.exception("notice_failed", notice=notice.pk)
        return _bug(notice, at, type(bug).__name__)


def died(person, at) -> bool:
    """A message to somebody who has died hurts whoever reads it; staff see that it was not sent."""
    return person.died_on is not None and person.died_on <= day_of(at)


def _stop(notice):
    ladder.move(notice, state=State.STOPPED, next_try_at=None, problem="died")
    return False


def _wait(notice, until):
    """Not tried, so not counted."""
    ladder.move(notice, next_try_at=until, attempts=notice.attempts - 1)
    return False


def _begin(notice, params, at) -> bool:
    """On the first rung, before anything leaves the house: a killed sender goes on where it was. False when only people can help."""
    first = ladder.next_rung(notice, params)
    if first in CARRIERS:
        moved = ladder.move(notice, channel=first)
        notice.channel = first
        return bool(moved)
    ladder.move(notice, problem="no_address", **ladder.standing_on(first, at))
    return False


def _send(notice, params, at) -> bool | None:
    address = reach.addresses_of(notice.recipient).get(notice.channel)
    if not address:  # it was ended meanwhile
        return ladder.fall(notice, at, "no_address", params=params)
    try:
        receipt = CARRIERS[notice.channel](address, notice.text, key=key_of(notice))
    except Unavailable as away:
        return _again(notice, params, at, str(away))
    except Rejected as no:
        log.warning("notice_refused", notice=notice.pk, channel=notice.channel, code=no.code)
        return ladder.fall(notice, at, str(no), params=params)
    _note_sent(notice, receipt, at, params)
    return True


@transaction.atomic
def _note_sent(notice, receipt, at, params):
    until = at + timedelta(hours=params.receipt_hours)
    ladder.move(notice, state=State.SENT, receipt=receipt[:60], sent_at=at, next_try_at=until, problem="")
    known = {"state": Sending.State.SENT, "at": at, "attempts": notice.attempts, "receipt": receipt[:60]}
    Sending.objects.get_or_create(notice=notice, channel=notice.channel, defaults=known)


def _again(notice, params, at, problem) -> bool | None:
    pauses = params.retry_minutes
    if notice.attempts > len(pauses):
        return ladder.fall(notice, at, problem, params=params)
    ladder.move(notice, next_try_at=at + timedelta(minutes=pauses[notice.attempts - 1]), problem=problem[:200])
    log.warning("notice_unanswered", notice=notice.pk, channel=notice.channel, attempts=notice.attempts)
    return None


def _bug(notice, at, problem):
    """Tried again every hour, a few times; then somebody telephones."""
    over = notice.attempts > MOST_BUGS
    goes_on = {"state": State.FAILED, "next_try_at": None} if over else {"next_try_at": at + timedelta(hours=1)}
    ladder.move(notice, problem=problem, **goes_on)
    return None


@transaction.atomic
def record_receipt(key: str, receipt: str, status: str, at: datetime) -> bool:
    """Note what a carrier says of the message with that key; False for one that is not ours. Said twice is said once.

    A receipt may overtake the answer to the sending, or follow one that was lost: the key finds the notice all the same.
    """
    prefix, _dash, rest = key.partition("-")
    number, _dash, channel = rest.partition("-")
    if prefix != "notice" or not number.isdecimal() or channel not in CARRIERS:
        return False
    notice = Notice.objects.select_for_update(no_key=True, of=("self",)).select_related("recipient", "docket").filter(pk=number).first()
    if notice is None or not _note_receipt(notice, channel, receipt, status, at):
        return notice is not None
    if status == "delivered":
        _arrived(notice, channel, receipt, at)
    elif channel == notice.channel and notice.state in (State.QUEUED, State.SENT):
        ladder.fall(notice, at, "bounced")
    return True


def _note_receipt(notice, channel, receipt, status, at) -> bool:
    """False when this rung has its receipt already."""
    known = {"state": Sending.State.SENT, "at": at, "receipt": receipt[:60]}
    sending, _new = Sending.objects.get_or_create(notice=notice, channel=channel, defaults=known)
    if sending.answered_at:
        return False
    sending.state = Sending.State.DELIVERED if status == "delivered" else Sending.State.FAILED
    sending.answered_at, sending.receipt = at, receipt[:60]
    sending.save(update_fields=["state", "answered_at", "receipt"])
    return True


def _arrived(notice, channel, receipt, at):
    """By whichever way: then the others need not be tried."""
    if notice.state in (State.QUEUED, State.SENT, State.FAILED, State.LETTER):
        sent_at = notice.sent_at or at
        told = {"channel": channel, "receipt": receipt[:60], "answered_at": at, "sent_at": sent_at, "next_try_at": None, "problem": ""}
        ladder.move(notice, state=State.DELIVERED, **told)
