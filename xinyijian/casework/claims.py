"""Claims (认领): who has a waiting case in hand. A claim tells colleagues; it locks nobody out, and counts only in its role.

What somebody who is away has in hand may be taken over by her stand-in; when that ends it is in the first one's hands again.
"""

from dataclasses import dataclass

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from xinyijian.audit import record
from xinyijian.people import scope
from xinyijian.people.models import Organisation, Post, Region, User

from . import stand_ins
from .days import day_of, local
from .models import Claim, Docket
from .rules import Refused, Unmet
from .worklist import is_worked_by, queues_of

NOT_WAITING = Unmet("not_waiting", _("This case does not wait for your role now"), remedy=_("Look at the list again: somebody was faster"))
NOT_YOURS = Unmet("not_holder", _("You do not have this case in hand"), remedy=_("Ask its holder, or an officer, to hand it over"))
NOT_COLLEAGUE = Unmet("not_colleague", _("That colleague does not work this queue"), remedy=_("Choose somebody from the list"))
# One statement, so that of two who claim at once one wins; a claim of another turn of the case is no claim any more.
TAKE = f"""INSERT INTO {Claim._meta.db_table} AS held (docket_id, role, holder_id, since) VALUES (%s, %s, %s, %s)
    ON CONFLICT (docket_id) DO UPDATE SET role = excluded.role, holder_id = excluded.holder_id, since = excluded.since, stand_in_id = NULL
    WHERE held.role <> excluded.role RETURNING id"""


@dataclass(frozen=True, slots=True)
class Held:
    """In whose hands a case is now: a user, since when, in which role; and for whom, when she only stands in."""

    holder: User
    since: object
    role: str
    absent: User | None = None

    @property
    def holder_id(self):
        return self.holder.pk


def holding(docket, at) -> Held | None:
    """In whose hands it is at that moment; None for nobody's."""
    claim = getattr(docket, "claim", None)
    return _held(claim, at) if claim and docket.closed_at is None and claim.role == docket.queue_role else None


def _held(claim, at):
    if claim.stand_in_id and claim.stand_in.in_force(at):
        return Held(claim.stand_in.deputy, claim.since, claim.role, claim.holder)
    return Held(claim.holder, claim.since, claim.role)


@transaction.atomic
def take(docket, *, by, at):
    """Take it in hand; again is no mistake. Refused names who was faster, and when."""
    if not may_take(docket, by, at):
        raise Refused([NOT_WAITING])
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [docket.pk, docket.queue_role, by.pk, at])
        taken = cursor.fetchone()
    if taken:
        _record(docket, "claim", by, at)
        return
    claim = _locked(docket)
    if claim is None:  # put back in this very moment
        return take(docket, by=by, at=at)
    held = _held(claim, at)
    if held.holder_id == by.pk:
        return
    if not _take_over(claim, held, by, at):
        raise Refused([_claimed(held)])
    absent = {stand_ins.FOR: claim.holder_id} if claim.stand_in_id else {}
    _record(docket, "claim", by, at, **absent)


def _take_over(claim, held, by, at) -> bool:
    """From somebody who is away, as her stand-in; or back into one's own hands."""
    mine = next((one for one in stand_ins.of(by, at) if one.absent_id == held.holder_id), None)
    if mine is None and claim.holder_id != by.pk:
        return False
    claim.stand_in = mine
    claim.save(update_fields=["stand_in"])
    return True


def _claimed(held):
    told = {"who": held.holder.get_short_name(), "at": f"{local(held.since):%Y-%m-%d %H:%M}"}
    return Unmet("claimed", _("%(who)s has it in hand since %(at)s") % told, remedy=_("Ask your colleague to hand it over"))


@transaction.atomic
def release(docket, *, by, at):
    """Put it back for everybody, or for whom one stood in; again is no mistake."""
    claim = _locked(docket)
    if claim is None:
        return
    held = _held(claim, at)
    _check(held, docket, by, at)
    if held.absent and held.holder_id == by.pk:
        claim.stand_in = None
        claim.save(update_fields=["stand_in"])
    else:
        claim.delete()
    _record(docket, "release", by, at, **({stand_ins.FOR: claim.holder_id} if held.absent else {}))


@transaction.atomic
def hand_over(docket, to, *, by, at):
    """From its holder, or by an officer, to a colleague who works the same queue."""
    if to not in colleagues(docket, at):
        raise Refused([NOT_COLLEAGUE])
    claim = _locked(docket)
    if claim is None:
        raise Refused([NOT_YOURS])
    held = _held(claim, at)
    _check(held, docket, by, at)
    Claim.objects.filter(pk=claim.pk).update(holder=to, since=at, stand_in=None)
    _record(docket, "hand_over", by, at, to=to.pk, **({stand_ins.FOR: claim.holder_id} if held.absent else {}))


def colleagues(docket, at) -> list[User]:
    """Everybody who holds the role that the case waits for, where it waits."""
    found = User.objects.filter(is_active=True, is_staff=True, posts__in=_posts(docket, day_of(at))).distinct().order_by("username")
    return list(found)


def may_take(docket, user, at) -> bool:
    """Whether it waits in one of her queues."""
    return is_worked_by(docket, queues_of(user, at))


def may_take_over(docket, held, user, at) -> bool:
    """Whether she stands in for whoever has it in hand, or it is her own and a deputy has it."""
    stands = any(one.absent_id == held.holder_id for one in stand_ins.of(user, at))
    return (stands or (held.absent is not None and held.absent == user)) and may_take(docket, user, at)


def may_give(docket, user, at) -> bool:
    """Whether she may release it or hand it over: its holder, or who may reassign in that region."""
    held = holding(docket, at)
    return bool(held) and (
        held.holder_id == user.pk or scope.holds(user, "casework.reassign", docket.region_id, docket.organisation_id, at)
    )


def _posts(docket, on):
    region = Region.objects.select_related("parent__parent__parent").get(pk=docket.region_id)
    above = []
    while region:
        above.append(region.pk)
        region = region.parent
    posts = Post.objects.in_force(on).filter(role=docket.queue_role)
    bureaus = posts.filter(organisation__kind=Organisation.Kind.BUREAU, organisation__region__in=above)
    return bureaus | posts.filter(organisation=docket.organisation_id) if docket.organisation_id else bureaus


def _locked(docket):
    """The claim that counts, under its lock."""
    rows = Claim.objects.select_for_update(no_key=True, of=("self",)).select_related("holder", "stand_in__deputy")
    return rows.filter(docket=docket, role=docket.queue_role).first()


def _check(held, docket, by, at):
    if held.holder_id != by.pk and not scope.holds(by, "casework.reassign", docket.region_id, docket.organisation_id, at):
        raise Refused([NOT_YOURS])


def _record(docket, verb, by, at, **data):
    record(
        Docket._meta.label,
        verb,
        by=by,
        at=at,
        object_id=docket.pk,
        person_id=docket.person_id,
        region=docket.region_id,
        data={"role": docket.queue_role, **data},
    )
