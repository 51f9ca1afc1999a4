"""The phone list: notices that no carrier delivered. Somebody telephones, and what was said is kept."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from xinyijian.audit import record
from xinyijian.people import scope
from xinyijian.people.unmasking import may_unmask, unmask

from .delivery import phone_of
from .models import Docket, Notice

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
    return may_unmask(user, notice.docket.region_id, notice.docket.organisation_id, at)


def may_note(notice, user, at) -> bool:
    """Whether it is her work to telephone; whoever only looks, such as an auditor, takes nobody off the list."""
    return scope.holds(user, "casework.work", notice.docket.region_id, notice.docket.organisation_id, at)


def number_of(notice, *, by, at) -> str:
    """The number to dial, in full: for those who may see it, and on record."""
    docket = notice.docket
    place = {"region": docket.region_id, "organisation_id": docket.organisation_id, "about": docket.number}
    because = {"reason": "reach", "text": _("no message reached her; she is phoned")}
    phone = phone_of(notice.recipient)
    return unmask(notice.recipient, phone, what="phone", by=by, at=at, **because, **place) or _("no phone number is known")


@transaction.atomic
def note(notice, *, reached, text, by, at):
    """What came of the call. Whoever was not reached stays on the list."""
    if not may_note(notice, by, at):
        raise PermissionDenied("casework.work")
    if reached:
        Notice.objects.filter(pk=notice.pk, state=State.FAILED).update(
            state=State.DELIVERED, answered_at=at, problem=_("told by phone")[:200]
        )
    record(
        "casework.Notice",
        "phoned" if reached else "not_reached",
        by=by,
        at=at,
        object_id=notice.pk,
        person_id=notice.recipient_id,
        region=notice.docket.region_id,
        data={"note": text[:400]},
    )


def _failed(user, at):
    return Notice.objects.filter(state=State.FAILED, docket__in=Docket.objects.visible_to(user, at).values("pk"))
