"""Beginning and ending what ties people together: family links, memberships, leave to act. Whoever ends something ends it at once.

Days are whole: what is ended today has counted until yesterday, and only what began today counts until tonight.
"""
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


def end_link(link, *, by, at, because) -> bool:
    """End one link that no case stands behind; False when it had ended before. On record."""
    return _end_row(link, link.person_id, by, at, because, ended_because=because)


def end_membership(membership, *, by, at, because) -> bool:
    """End a mutual-aid membership; False when it had ended before. On record."""
    return _end_row(membership, membership.member_id, by, at, because)


def revoke_grant(grant, *, by, at, because) -> bool:
    """Nobody acts by it from this moment on; False when it was revoked before. On record."""
    changed = Grant.objects.filter(pk=grant.pk, revoked_at=None).update(revoked_at=Greatest(F("since"), Value(at)))
    if changed:
        _record([(Grant._meta.label, grant.pk, grant.person_id)], "revoke", by, at, because)
    return bool(changed)


def _end_row(row, person_id, by, at, because, **more):
    model, last = type(row), max(timezone.localdate(at) - DAY, row.since)
    changed = model.objects.filter(Q(until=None) | Q(until__gt=last), pk=row.pk).update(until=last, **more)
    if changed:
        _record([(model._meta.label, row.pk, person_id)], "end", by, at, because)
    return bool(changed)


def end_ties_of_the_dead(at) -> int:
    """What binds the living and the dead ends with the day of death: links that no case keeps, grants, memberships. Set by set."""
    on = timezone.localdate(at)
    with transaction.atomic():
        links = _dead(FamilyLink.objects.filter(Q(until=None) | Q(until__gte=on), case_number=""), "person", "relative", on)
        aids = _dead(MutualAid.objects.filter(Q(until=None) | Q(until__gte=on)), "holder", "member", on)
        grants = _dead(Grant.objects.in_force(at).filter(revoked_at=None), "person", "agent", on)
        _record([(FamilyLink._meta.label, pk, who) for pk, who in links.values_list("pk", "person")], "end", None, at, DEATH)
        _record([(MutualAid._meta.label, pk, who) for pk, who in aids.values_list("pk", "member")], "end", None, at, DEATH)
        _record([(Grant._meta.label, pk, who) for pk, who in grants.values_list("pk", "person")], "revoke", None, at, DEATH)
        ended = [FamilyLink.objects.filter(pk__in=_ids(links)).update(until=_last(on), ended_because=DEATH),
                 MutualAid.objects.filter(pk__in=_ids(aids)).update(until=_last(on)),
                 Grant.objects.filter(pk__in=_ids(grants)).update(revoked_at=Greatest("since", Value(at)))]
    return sum(ended)


def _ids(rows):
    return list(rows.values_list("pk", flat=True))


def _dead(rows, one, other, on):
    return rows.filter(Q(**{f"{one}__died_on__lte": on}) | Q(**{f"{other}__died_on__lte": on}))


def _record(rows, verb, by, at, because):
    who, data = {"by_id": getattr(by, "pk", None), "by_label": label_of(by)}, {"because": because}
    Event.objects.bulk_create(
        Event(kind=kind, object_id=pk, person_id=person, verb=verb, at=at, data=data, **who) for kind, pk, person in rows)
