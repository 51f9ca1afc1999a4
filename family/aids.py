"""Mutual-aid memberships (家庭共济): declared by both online, or entered from a paper. The platform confirms none of them."""
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from xinyijian.audit import record
from xinyijian.casework.days import day_of
from xinyijian.people import consents
from xinyijian.people.models import Consent, MutualAid

KIND = Consent.Kind.MUTUAL_AID


def declare(holder, member, *, by, at, key=None) -> MutualAid | None:
    """Begin a membership that waits for the other one; None when the same form came before."""
    mine = "holder_agreed_at" if by.person_id == holder.pk else "member_agreed_at"
    if key and Consent.objects.filter(key=key).exists():
        return None
    with transaction.atomic():
        aid = _new(holder, member, by, at, source=MutualAid.Source.DECLARED, **{mine: at})
        consents.give(by.person_id, KIND, by=by, at=at, reference=f"mutual aid {aid.pk}", key=key)
    return aid


def enter(holder, member, reference, *, by, at) -> MutualAid:
    """At the counter, from a paper that both have signed or the platform has printed."""
    return _new(holder, member, by, at, source=MutualAid.Source.PAPER, reference=reference, holder_agreed_at=at, member_agreed_at=at)


@transaction.atomic
def agree(aid, *, by, at) -> bool:
    """The second one agrees: from today on it counts. False when she had agreed before."""
    name = "holder_agreed_at" if by.person_id == aid.holder_id else "member_agreed_at"
    changed = MutualAid.objects.filter(pk=aid.pk, until=None, **{name: None}).update(**{name: at, "since": day_of(at)})
    if changed:
        consents.give(by.person_id, KIND, by=by, at=at, reference=f"mutual aid {aid.pk}")
        _note(aid, "agree", by, at)
    return bool(changed)


def _new(holder, member, by, at, **more):
    try:
        with transaction.atomic():
            aid = MutualAid.objects.create(holder=holder, member=member, since=day_of(at), recorded_by=by, **more)
            _note(aid, "declare" if aid.source == MutualAid.Source.DECLARED else "enter", by, at)
            return aid
    except IntegrityError:
        raise ValidationError(_("There already is such a membership, or one that waits to be agreed to.")) from None


def _note(aid, verb, by, at):
    record(MutualAid._meta.label, verb, by=by, at=at, object_id=aid.pk, person_id=aid.member_id, region=aid.member.region_id,
           data={"holder": aid.holder_id})
