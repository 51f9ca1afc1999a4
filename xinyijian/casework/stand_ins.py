"""Standing in for somebody who is away (代班): who does for whom, until when; never beyond the deputy's own posts, and it ends by itself.

A deputy sees what the absent one has in hand where it waits in the deputy's own queues, and may take it; her acts on it say for whom.
"""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xinyijian.audit import record
from xinyijian.people import scope
from xinyijian.people.models import Organisation, Post, User
from xinyijian.policies import params_for

from .days import day_of
from .models import Claim, StandIn
from .rules import Refused, Unmet

FOR = "stands_in_for"  # the trail's word for the one who is away
HEAD = "casework.reassign"
WORK = "casework.work"
TWICE = Unmet("twice", _("Somebody stands in on some of these days already"), remedy=_("End that first, or choose other days"))
NOT_COLLEAGUE = Unmet(
    "not_colleague", _("That colleague shares no post with who is away"), remedy=_("Choose somebody of the same role and office")
)
PAST = Unmet("past", _("The first day is over"), remedy=_("Begin today or later"))
BACKWARDS = Unmet("backwards", _("The last day lies before the first"), remedy=_("Choose a later last day"))


def of(user, at) -> tuple[StandIn, ...]:
    """Those in force in which the user is the deputy, with who is away. Read once per user object, as posts are."""
    return tuple(one for one in _all(user) if one.deputy_id == user.pk and one.in_force(at))


def away(user, at) -> StandIn | None:
    """The one in force for the user herself."""
    return next((one for one in _all(user) if one.absent_id == user.pk and one.in_force(at)), None)


def for_whom(by, cases, at) -> dict[int, int]:
    """{docket: who is away} of the cases that the actor has in hand in somebody's place; for the trail. Mostly without a query."""
    mine = of(by, at) if by.pk and by.is_staff else ()
    if not mine:
        return {}
    taken = Claim.objects.filter(docket__in=[case.docket_id for case in cases], stand_in__in=mine)
    return dict(taken.values_list("docket", "stand_in__absent"))


def shown_to(user, at) -> list[StandIn]:
    """Hers, and for a head those of her offices, that have not ended; the nearest first."""
    mine = Q(absent=user) | Q(deputy=user) | Q(absent__in=staff_of(user, at).values("pk"))
    rows = StandIn.objects.filter(mine, until__gte=day_of(at), ended_at=None)
    return list(rows.select_related("absent", "deputy", "set_by").order_by("since", "pk")[:100])


def staff_of(user, at):
    """Whose absence she may arrange as a head: everybody with a working post where she may reassign cases."""
    posts = Post.objects.in_force(day_of(at)).filter(role__in=scope.roles.allowed(WORK))
    bureaus = Q(organisation__kind=Organisation.Kind.BUREAU, organisation__region__in=scope.regions_of(user, HEAD, at))
    places = bureaus | Q(organisation__in=scope.organisations_of(user, HEAD, at))
    return User.objects.filter(is_active=True, is_staff=True, posts__in=posts if user.is_superuser else posts.filter(places)).distinct()


def colleagues_of(user, on):
    """Who holds the same role in the same office on that day."""
    hers = Post.objects.in_force(on).filter(user=user, role__in=scope.roles.allowed(WORK)).values_list("organisation", "role")
    same = Q(pk__in=[])
    for organisation, role in hers:
        same |= Q(organisation=organisation, role=role)
    posts = Post.objects.in_force(on).filter(same)
    return User.objects.filter(is_active=True, is_staff=True, posts__in=posts).exclude(pk=user.pk).distinct().order_by("username")


def may_arrange(absent, user, at) -> bool:
    """For herself, or as a head for somebody of her offices who is ill."""
    return absent.pk == user.pk or staff_of(user, at).filter(pk=absent.pk).exists()


@transaction.atomic
def name(absent, deputy, *, since, until, because, by, at) -> StandIn:
    """From the first day to the last one included. PermissionDenied, or Refused with all that stands in the way."""
    if not may_arrange(absent, by, at):
        raise PermissionDenied(HEAD)
    if unmet := _unmet(absent, deputy, since, until, at):
        raise Refused(unmet)
    given = {"absent": absent, "deputy": deputy, "since": since, "until": until, "because": because}
    try:
        with transaction.atomic():
            made = StandIn.objects.create(**given, set_by=by, set_at=at)
    except IntegrityError:  # two at once: the database keeps them apart
        raise Refused([TWICE]) from None
    _record(made, "stand_in", by, at, deputy=deputy.pk, since=f"{since}", until=f"{until}", because=str(because))
    _forget(absent, deputy, by)
    return made


@transaction.atomic
def end(one, *, by, at):
    """Earlier than said: by who is away, her head, or the deputy; what the deputy had taken is in the first one's hands again."""
    one = StandIn.objects.select_for_update(no_key=True, of=("self",)).select_related("absent").get(pk=one.pk)
    if by.pk != one.deputy_id and not may_arrange(one.absent, by, at):
        raise PermissionDenied(HEAD)
    if one.ended_at is None:
        one.ended_at = at
        one.save(update_fields=["ended_at"])
        _record(one, "end_stand_in", by, at, deputy=one.deputy_id)
    _forget(by)


def longest(user, at) -> int:
    """Days for which somebody may be named at once, where the user works."""
    return params_for("casework", seat_of(user, at), day_of(at)).stand_in_days


def seat_of(user, at) -> str:
    """The region whose policy counts for what she does at her own desk; a superuser has no post, and sits at the first bureau."""
    bureaus = Organisation.objects.filter(kind=Organisation.Kind.BUREAU).order_by("region")
    return scope.region_of(user, at) or bureaus.values_list("region", flat=True).first() or ""


def _unmet(absent, deputy, since, until, at):
    most = longest(absent, at)
    too_long = Unmet("too_long", _("More than %(days)d days") % {"days": most}, remedy=_("Choose fewer days; name her anew afterwards"))
    asked = [(since < day_of(at), PAST), (until < since, BACKWARDS), (until >= since + timedelta(days=most), too_long)]
    asked += [(deputy not in colleagues_of(absent, since), NOT_COLLEAGUE)]
    overlaps = StandIn.objects.filter(absent=absent, ended_at=None, since__lte=until, until__gte=since).exists()
    return [unmet for lacking, unmet in [*asked, (overlaps, TWICE)] if lacking]


def _record(one, verb, by, at, **data):
    region = scope.region_of(one.absent, at)
    record(StandIn._meta.label, verb, by=by, at=at, object_id=one.pk, region=region, data={FOR: one.absent_id, **data})


def _all(user):
    if "_stand_ins" not in user.__dict__:
        rows = StandIn.objects.filter(Q(deputy=user.pk) | Q(absent=user.pk), ended_at=None).select_related("absent", "deputy")
        user.__dict__["_stand_ins"] = tuple(rows.order_by("pk")) if user.pk and user.is_staff else ()
    return user.__dict__["_stand_ins"]


def _forget(*users):
    for user in users:
        user.__dict__.pop("_stand_ins", None)
