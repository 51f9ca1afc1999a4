"""Mutual-aid memberships (家庭共济): declared by both online, or entered from a paper. The platform confirms none of them."""
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from xinyijian.audit import record
from xinyijian.casework.days import day_of
from xinyijian.people import consents, ties
from xinyijian.people.models import Consent, MutualAid

from . import refusals, telling

KIND = Consent.Kind.MUTUAL_AID


def declare(holder, member, *, by, at, key=None) -> MutualAid | None:
    """Begin a membership that waits for the other one, who is told; None when the same form came before."""
    mine = "holder_agreed_at" if by.person_id == holder.pk else "member_agreed_at"
    if key and Consent.objects.filter(key=key).exists():
        return None
    with transaction.atomic():
        aid = _new(holder, member, by, at, source=MutualAid.Source.DECLARED, **{mine: at})
        consents.give(by.person_id, KIND, by=by, at=at, reference=_reference(aid), key=key)
        other = member.pk if by.person_id == holder.pk else holder.pk
        telling.tell(telling.AID, "aid_asked", _note(aid, "declare", by, at).pk, [other], at)
    return aid


def enter(holder, member, reference, *, by, at) -> MutualAid:
    """At the counter, from a paper that both have signed; it counts at once, and both are told. ValidationError with every reason."""
    if wrong := [*refusals.own_business(by, holder, member), *_not_two_living(holder, member, at)]:
        raise ValidationError(wrong)
    with transaction.atomic():
        both = {"holder_agreed_at": at, "member_agreed_at": at}
        aid = _new(holder, member, by, at, source=MutualAid.Source.PAPER, reference=reference, **both)
        for person in (holder, member):
            consents.give(person.pk, KIND, by=by, at=at, how=Consent.How.PAPER, reference=_reference(aid))
        _tell_both(aid, _note(aid, "enter", by, at), at)
    return aid


@transaction.atomic
def agree(aid, *, by, at) -> bool:
    """The second one agrees: from today on it counts, and both are told. False when she had agreed before."""
    name = "holder_agreed_at" if by.person_id == aid.holder_id else "member_agreed_at"
    changed = MutualAid.objects.filter(pk=aid.pk, until=None, **{name: None}).update(**{name: at, "since": day_of(at)})
    if changed:
        consents.give(by.person_id, KIND, by=by, at=at, reference=_reference(aid))
        _tell_both(aid, _note(aid, "agree", by, at), at)
    return bool(changed)


@transaction.atomic
def end(aid, *, by, at, because) -> bool:
    """End it at once, or decline what waits to be agreed to, and tell both; False when it had ended before."""
    ended = ties.end_membership(aid, by=by, at=at, because=because)
    aid.refresh_from_db(fields=["holder_agreed_at", "member_agreed_at"])  # after the row is ours: the other one may just have agreed
    agreed = aid.holder_agreed_at and aid.member_agreed_at
    telling.tell_ended([ended] if ended else [], at, **({} if agreed else {"name": "aid_declined"}))
    return ended is not None


def waits_for(aid, person_id) -> bool:
    """Whether this side has still to agree."""
    return aid.until is None and (aid.holder_agreed_at if aid.holder_id == person_id else aid.member_agreed_at) is None


def _reference(aid):
    return f"mutual aid {aid.pk}"


def _tell_both(aid, event, at):
    telling.tell(telling.AID, "aid_begun", event.pk, [aid.holder_id, aid.member_id], at)


def _not_two_living(holder, member, at):
    if holder.pk == member.pk:
        return [_("It takes two different people.")]
    return [_("One of the two has died.")] if any(one.died_on and one.died_on <= day_of(at) for one in (holder, member)) else []


def _new(holder, member, by, at, **more):
    try:
        with transaction.atomic():
            return MutualAid.objects.create(holder=holder, member=member, since=day_of(at), recorded_by=by, **more)
    except IntegrityError:
        raise ValidationError(_("This is already registered, or still waiting for the other person to agree.")) from None


def _note(aid, verb, by, at):
    return record(MutualAid._meta.label, verb, by=by, at=at, object_id=aid.pk, person_id=aid.member_id, region=aid.member.region_id,
                  data={"holder": aid.holder_id})
