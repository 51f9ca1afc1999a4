"""Beginning and ending what ties people together: family links, memberships, leave to act. Whoever ends something ends it at once.

Days are whole: what is ended today has counted until yesterday, and only what began today counts until tonight.
"""
from dataclasses import dataclass
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import F, Q, Value
from django.db.models.functions import Greatest
from django.utils import timezone

from xinyijian.audit import label_of
from xinyijian.audit.models import Event

from .models import FamilyLink, Grant, MutualAid

DEATH = "death"
DAY = timedelta(days=1)


class AlreadyTied(Exception):
    """There is an open link between the two: somebody was faster."""


@dataclass(frozen=True, slots=True)
class Ended:
    """What ended, by which event, and between whom: both are to be told."""

    model: type
    event_id: int
    sides: tuple[int, int]


SIDES = {FamilyLink: ("person_id", "relative_id"), MutualAid: ("holder_id", "member_id"), Grant: ("person_id", "agent_id")}
WHOSE = {FamilyLink: "person", MutualAid: "member", Grant: "person"}  # in whose trail it stands


def begin_links(cases, *, at, by):
    """Family links of cases (number, person_id, relative_id, relation, proof), verified now. AlreadyTied when two have one already."""
    on = timezone.localdate(at)
    rows = [FamilyLink(person_id=c.person_id, relative_id=c.relative_id, relation=c.relation, since=on, proof=c.proof, verified_by=by,
                       verified_at=at, case_number=c.number) for c in cases]
    try:
        with transaction.atomic():
            FamilyLink.objects.bulk_create(rows)
    except IntegrityError as error:
        raise AlreadyTied from error


def end_links(numbers, *, on, because):
    """The links of these cases no longer hold from that day on."""
    links = FamilyLink.objects.filter(case_number__in=numbers).filter(Q(until=None) | Q(until__gte=on))
    links.update(until=_last(on), ended_because=because)


def _last(on):
    return Greatest("since", Value(on - DAY))


def end_link(link, *, by, at, because) -> Ended | None:
    """End one link that no case stands behind; None when it had ended before. On record."""
    return _end_row(link, by, at, because, ended_because=because)


def end_membership(membership, *, by, at, because) -> Ended | None:
    """End a mutual-aid membership; None when it had ended before. On record."""
    return _end_row(membership, by, at, because)


def revoke_grant(grant, *, by, at, because) -> Ended | None:
    """Nobody acts by it from this moment on; None when it was revoked before. On record."""
    changed = Grant.objects.filter(pk=grant.pk, revoked_at=None).update(revoked_at=Greatest(F("since"), Value(at)))
    return _record(Grant, [grant], "revoke", by, at, because)[0] if changed else None


def _end_row(row, by, at, because, **more):
    model, last = type(row), max(timezone.localdate(at) - DAY, row.since)
    changed = model.objects.filter(Q(until=None) | Q(until__gt=last), pk=row.pk).update(until=last, **more)
    return _record(model, [row], "end", by, at, because)[0] if changed else None


def end_ties_of_the_dead(at) -> list[Ended]:
    """What binds the living and the dead ends with the day of death: links that no case keeps, grants, memberships. Set by set."""
    on = timezone.localdate(at)
    with transaction.atomic():
        counts = Q(until=None) | Q(until__gt=_last(on))  # what began today ends today: it is ended once, and not again every hour
        links = _dead(FamilyLink.objects.filter(counts, case_number=""), "person", "relative", on)
        aids = _dead(MutualAid.objects.filter(counts), "member", "holder", on)
        grants = _dead(Grant.objects.in_force(at).filter(revoked_at=None), "person", "agent", on)
        FamilyLink.objects.filter(pk__in=[link.pk for link in links]).update(until=_last(on), ended_because=DEATH)
        MutualAid.objects.filter(pk__in=[aid.pk for aid in aids]).update(until=_last(on))
        Grant.objects.filter(pk__in=[grant.pk for grant in grants]).update(revoked_at=Greatest("since", Value(at)))
        return [*_record(FamilyLink, links, "end", None, at, DEATH), *_record(MutualAid, aids, "end", None, at, DEATH),
                *_record(Grant, grants, "revoke", None, at, DEATH)]


def _dead(rows, owner, other, on):
    """Under their locks, so that of two sweeps at once one ends them and tells of it; `owner` as in WHOSE."""
    rows = rows.filter(Q(**{f"{owner}__died_on__lte": on}) | Q(**{f"{other}__died_on__lte": on})).order_by("pk")
    return list(rows.select_related(owner).select_for_update(no_key=True, of=("self",)))


def _record(model, rows, verb, by, at, because) -> list[Ended]:
    who, data = {"by_id": getattr(by, "pk", None), "by_label": label_of(by)}, {"because": because}
    owners = [getattr(row, WHOSE[model]) for row in rows]
    events = Event.objects.bulk_create(
        Event(kind=model._meta.label, object_id=row.pk, person_id=owner.pk, region=owner.region_id, verb=verb, at=at, data=data, **who)
        for row, owner in zip(rows, owners, strict=True))
    return [Ended(model, event.pk, tuple(getattr(row, side) for side in SIDES[model])) for event, row in zip(events, rows, strict=True)]
