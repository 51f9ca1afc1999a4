"""Letters to be posted: messages that no carrier and no call brought to somebody. Printed at the counter; the posting is recorded."""
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext, override

from xinyijian.people.counters import counter
from xinyijian.people.reach import addresses_of
from xinyijian.people.unmasking import unmask
from xinyijian.templatetags.portal import day

from . import calls, ladder
from .letters.content import office_of
from .letters.typeset import typeset
from .models import Channel, Notice, Sending

SHOWN = 50
State = Notice.State


def waiting(user, at) -> list[Notice]:
    """Those within the user's reach that are to be posted, oldest first."""
    return list(_of(user, at, State.LETTER).order_by("pk")[:SHOWN])


def posted(user, at) -> list[Notice]:
    """The newest that were posted, in case one comes back."""
    return list(_of(user, at, State.POSTED).order_by("-pk")[:20])


def find(number, *, by, at, state=State.LETTER) -> Notice:
    """One of them; 404 when it is not the user's to see, or done meanwhile."""
    if not (number.isascii() and number.isdecimal() and len(number) < 19):
        raise Http404
    notice = _of(by, at, state).filter(pk=int(number)).first()
    if notice is None:
        raise Http404
    return notice


def letter_of(notice, *, by, at) -> bytes:
    """The letter as PDF, with name and address in clear: for whoever may see them, and on record."""
    place = {"region": notice.region_id, "organisation_id": notice.organisation_id, "about": notice.number}
    unmask(notice.recipient, "", what="address", by=by, at=at, reason="reach", text=gettext("a letter is printed and posted"), **place)
    with override(notice.language):
        return typeset(_content(notice, at), at=at, sheet="notice.typ")


@transaction.atomic
def post(notice, *, number, by, at):
    """It was posted; `number` is the carrier's, if there is one."""
    _check(notice, by, at)
    notice = calls.taken(notice, State.LETTER)
    known = {"state": Sending.State.SENT, "at": at, "attempts": 1, "receipt": number[:60]}
    Sending.objects.get_or_create(notice=notice, channel=Channel.LETTER, defaults=known)
    ladder.move(notice, state=State.POSTED, receipt=number[:60], sent_at=at, problem="")
    calls.record_deed(notice, "posted", by=by, at=at)


@transaction.atomic
def came_back(notice, *, by, at):
    """Nobody took it: it stands on the phone list again."""
    _check(notice, by, at)
    notice = calls.taken(notice, State.POSTED)
    Sending.objects.filter(notice=notice, channel=Channel.LETTER).update(state=Sending.State.FAILED, answered_at=at, problem="returned")
    ladder.move(notice, problem="returned", **ladder.standing_on("", at))
    calls.record_deed(notice, "letter_returned", by=by, at=at)


def _check(notice, by, at):
    if not calls.may_note(notice, by, at):
        raise PermissionDenied("casework.work")


def _of(user, at, state):
    return Notice.objects.visible_to(user, at).filter(state=state).select_related("docket", "recipient")


def _content(notice, at):
    office = office_of(notice)
    ask = counter(office or "", getattr(office, "phone", ""), getattr(office, "address", ""))
    return {
        "lang": "en" if notice.language == "en" else "zh",
        "head": settings.OFFICIAL_NAME or gettext("Demo system"),
        "demo": "" if settings.OFFICIAL_NAME else gettext("Demo: not from any authority"),
        "to": notice.recipient.name,
        "address": addresses_of(notice.recipient).get(Channel.LETTER, ""),
        "title": gettext("A message for you"),
        "number": notice.number or notice.code,
        "text": notice.text,
        "office": str(office or ""),
        "office_address": ask.address,
        "phone": ask.phone,
        "issued": day(at),
        "lacking": "",
    }
