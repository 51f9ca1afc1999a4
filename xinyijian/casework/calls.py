"""The phone list: notices that no carrier delivered. Somebody telephones, and what was said is kept."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from xinyijian.audit import record
from xinyijian.people import scope
from xinyijian.people.reach import addresses_of, phone_of
from xinyijian.people.unmasking import may_unmask, unmask

from . import ladder
from .days import day_of
from .models import Channel, Notice, Sending

SHOWN = 50
State = Notice.State


def waiting(user, at) -> list[Notice]:
    """Those within the user's reach that failed, oldest first."""
    return list(_failed(user, at).select_related("docket", "recipient").order_by("pk")[:SHOWN])


def find(number, *, by, at) -> Notice:
    """One of them; 404 when it is not the user's to see, or done meanwhile."""
    if not (number.isascii() and number.isdecimal() and len(number) < 19):
        raise Http404
    notice = _failed(by, at).select_related("docket", "recipient").filter(pk=int(number)).first()
    if notice is None:
        raise Http404
    return notice


def may_dial(notice, user, at) -> bool:
    """Whether she may see the whole number."""
    return may_unmask(user, notice.region_id, notice.organisation_id, at)


def may_note(notice, user, at) -> bool:
    """Whether it is her work to telephone; whoever only looks, such as an auditor, takes nobody off the list."""
    return scope.holds(user, "casework.work", notice.region_id, notice.organisation_id, at)


def number_of(notice, *, by, at) -> str:
    """The number to dial, in full: for those who may see it, and on record."""
    place = {"region": notice.region_id, "organisation_id": notice.organisation_id, "about": notice.number}
    because = {"reason": "reach", "text": _("no message reached her; she is phoned")}
    phone = phone_of(notice.recipient)
    return unmask(notice.recipient, phone, what="phone", by=by, at=at, **because, **place) or _("no phone number is known")


@transaction.atomic
def note(notice, *, reached, text, by, at):
    """What came of the call. Whoever was not reached stays on the list; after some calls in vain a letter is to be posted."""
    if not may_note(notice, by, at):
        raise PermissionDenied("casework.work")
    notice = taken(notice, State.FAILED)
    state = Sending.State.DELIVERED if reached else Sending.State.FAILED
    sending, _new = Sending.objects.get_or_create(notice=notice, channel=Channel.PHONE, defaults={"state": state, "at": at})
    sending.state, sending.answered_at, sending.attempts = state, at if reached else None, sending.attempts + 1
    sending.said = f"{sending.said}\n{day_of(at)} {text[:400]}".strip()  # sealed; the trail keeps the deed alone
    sending.save(update_fields=["state", "answered_at", "attempts", "said"])
    if reached:
        ladder.move(notice, state=State.DELIVERED, channel=Channel.PHONE, answered_at=at, problem="")
    elif sending.attempts >= ladder.params_of(notice, at).calls_before_letter and _can_be_posted(notice, at):
        ladder.move(notice, problem="not_reached", **ladder.standing_on(Channel.LETTER, at))
    record_deed(notice, "phoned" if reached else "not_reached", by=by, at=at)


def taken(notice, state) -> Notice:
    """The notice as it stands now, locked until the deed is done; 404, as for `find`, when a colleague was quicker."""
    fresh = Notice.objects.select_for_update(of=("self",)).select_related("docket", "recipient").filter(pk=notice.pk, state=state).first()
    if fresh is None:
        raise Http404
    return fresh


def record_deed(notice, verb, *, by, at):
    """What staff did about a message, for the trail: never what was said or typed, which nobody could erase there."""
    record("casework.Notice", verb, by=by, at=at, object_id=notice.pk, person_id=notice.recipient_id, region=notice.region_id)


def _can_be_posted(notice, at):
    """A letter that came back is not posted again."""
    posted = Sending.objects.filter(notice=notice, channel=Channel.LETTER).exists()
    return not posted and Channel.LETTER in ladder.params_of(notice, at).ladder and Channel.LETTER in addresses_of(notice.recipient)


def _failed(user, at):
    return Notice.objects.visible_to(user, at).filter(state=State.FAILED)
