"""The ladder of a notice: which way is tried next, for this person and in this region (in-app stands below all rungs and always)."""
from datetime import timedelta

from django.conf import settings

from xinyijian.people import reach
from xinyijian.policies import params_for

from .days import day_of, local
from .models import Channel, Notice, Sending

BY_MACHINE = (Channel.WECHAT, Channel.SMS, Channel.EMAIL)
State = Notice.State


def params_of(notice, at):
    """The rules of the notice's region on the day of sending; LookupError where none are loaded."""
    return params_for("casework", notice.region_id, day_of(at))


def quiet_until(notice, params, at):
    """When the night is over, or None by day, for an urgent notice, and where a demo has switched the night off."""
    if not settings.QUIET_HOURS or notice.template in params.urgent_notices:
        return None
    clock, first, last = local(at), params.quiet_from, params.quiet_until
    quiet = first <= clock.hour or clock.hour < last if first > last else first <= clock.hour < last
    if not quiet:
        return None
    morning = clock.replace(hour=last, minute=0, second=0, microsecond=0)
    return morning if morning > clock else morning + timedelta(days=1)


def next_rung(notice, params, *, done=()) -> str:
    """The first rung that was not tried and leads to her; "" when none is left."""
    known, wishes = reach.addresses_of(notice.recipient), reach.wishes_of(notice.recipient)
    order = sorted(params.ladder, key=lambda channel: channel != wishes.first)  # her wish first, the rest as the region says
    tried = {*Sending.objects.filter(notice=notice).values_list("channel", flat=True), *done}
    return next((channel for channel in order if channel not in tried and _leads(channel, known, wishes)), "")


def _leads(channel, known, wishes):
    if channel == Channel.PHONE:
        return bool(known.get(Channel.SMS))
    if channel == Channel.LETTER:
        return bool(known.get(Channel.LETTER))
    return bool(known.get(channel)) and channel not in wishes.without


def standing_on(channel, at) -> dict:
    """The columns of a notice that now stands on that rung; without any it waits on the phone list for somebody to find a way."""
    fresh = {"channel": channel, "attempts": 0, "receipt": "", "answered_at": None}
    if channel in BY_MACHINE:
        return fresh | {"state": State.QUEUED, "next_try_at": at}
    return fresh | {"state": State.LETTER if channel == Channel.LETTER else State.FAILED, "next_try_at": None}


def fall(notice, at, problem, *, params=None) -> bool:
    """From a rung that failed to the next one, unless she has read it in the portal meanwhile. Always False: nothing was sent."""
    if notice.channel:
        outcome = {"state": Sending.State.FAILED, "problem": problem[:200], "attempts": notice.attempts}
        Sending.objects.update_or_create(notice=notice, channel=notice.channel, defaults=outcome, create_defaults=outcome | {"at": at})
    if notice.read_at:
        move(notice, state=State.PORTAL, next_try_at=None, problem=problem[:200])
    else:
        rung = next_rung(notice, params or params_of(notice, at), done=[notice.channel])
        move(notice, problem=problem[:200], **standing_on(rung, at))
    return False


def move(notice, **changes) -> int:
    """Only while the notice is as it was taken: a receipt may have come meanwhile, and it counts more."""
    as_taken = Notice.objects.filter(pk=notice.pk, state=notice.state, attempts=notice.attempts, channel=notice.channel)
    return as_taken.update(**changes)
