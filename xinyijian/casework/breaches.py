"""Broken promises (容缺失信): who may not promise again, since when, how it is mended and when it no longer counts (RQ-2022-5).

The clock records a promise whose document did not come; an officer records a false paper. A document that comes after all and is
verified mends the promise, more time given does so too; an officer other than the one who recorded it may lift either with a reason.
"""
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from xinyijian import audit
from xinyijian.people import scope
from xinyijian.people.models import Person
from xinyijian.policies import params_for

from . import notices
from .arrays import insert_many
from .days import day_of
from .legal_time import months
from .models import Breach, Deficiency
from .rules import Refused, Unmet

PERMISSION = "casework.manage_breaches"
CAME, TIME_GIVEN = gettext_noop("the document came and was verified"), gettext_noop("more time was given")
OWN_RECORD = Unmet("four_eyes", _("You recorded this yourself"), remedy=_("Ask a colleague to lift it"))
RECORDED = Unmet("already_recorded", _("This is on record already"), remedy=_("Look at the list: it stands there"))
Kind = Breach.Kind


def standing_against(person_ids, on) -> set[int]:
    """Those of the persons who may not promise on that day. A late document that waits to be looked at is not held against her."""
    return set(_standing(on).filter(person__in=person_ids).values_list("person", flat=True))


def of_dockets(dockets, on):
    """The breaches that stand on that day among these register entries."""
    return _standing(on).filter(docket__in=dockets)


def note_overdue(cases, at):
    """A promise was not kept: one row a case, unless one stands already."""
    dockets = [case.docket_id for case in cases]
    owing = set(Deficiency.objects.filter(docket__in=dockets, state=Deficiency.State.OWED).values_list("docket", flat=True))
    known = set(_on_record(owing, Kind.PROMISE, at).values_list("docket", flat=True))
    rows = [(case.docket_id, case.person_id, Kind.PROMISE.value, at, "", expiry(case.region_id, at), "")
            for case in cases if case.docket_id in owing - known]
    insert_many(Breach, ("docket", "person", "kind", "since", "because", "expires_on", "repaired_because"), rows)


def mend(cases, at, because):
    """The promises of these cases are made good."""
    rows = Breach.objects.filter(docket__in=[case.docket_id for case in cases], kind=Kind.PROMISE, repaired_at=None)
    rows.update(repaired_at=at, repaired_because=because)


def expiry(region, at):
    """The last day on which a breach that is recorded now counts; None: until it is mended."""
    lasts = params_for("casework", region, day_of(at)).breach_months
    return months(at, lasts).last_day if lasts else None


def may_manage(docket, user, at) -> bool:
    """Whether this officer may record and lift what concerns this case; nobody for herself."""
    own = user.person_id is not None and user.person_id == docket.person_id
    return not own and scope.holds(user, PERMISSION, docket.region_id, docket.organisation_id, at)


@transaction.atomic
def record(docket, *, because, by, at) -> Breach:
    """An officer records a false paper, with a reason; the person is told, with her remedies. Refused when it stands already."""
    if not may_manage(docket, by, at):
        raise PermissionDenied(PERMISSION)
    Person.objects.select_for_update(no_key=True).get(pk=docket.person_id)  # of two officers at once the second one reads the first's
    if _on_record([docket.pk], Kind.FALSE_PAPER, at).exists():
        raise Refused([RECORDED])
    breach = Breach.objects.create(docket=docket, person_id=docket.person_id, kind=Kind.FALSE_PAPER, since=at, because=because,
                                   recorded_by=by, expires_on=expiry(docket.region_id, at))
    _tell(breach, "record_breach", by, at, because)
    return breach


@transaction.atomic
def lift(breach, *, because, by, at):
    """An officer who did not record it lifts it with a reason; the person is told."""
    breach = Breach.objects.select_for_update(no_key=True).select_related("docket").get(pk=breach.pk)
    if not may_manage(breach.docket, by, at):
        raise PermissionDenied(PERMISSION)
    if breach.recorded_by_id == by.pk:
        raise Refused([OWN_RECORD])
    if breach.repaired_at is None:
        breach.repaired_at, breach.repaired_by, breach.repaired_because = at, by, because
        breach.save(update_fields=["repaired_at", "repaired_by", "repaired_because"])
        _tell(breach, "lift_breach", by, at, because)


def _tell(breach, verb, by, at, because):
    docket = breach.docket
    event = audit.record("casework.Breach", verb, by=by, at=at, object_id=breach.pk, person_id=docket.person_id, region=docket.region_id,
                         data={"because": because, "number": docket.number})
    notices.tell_about(event, docket, f"casework/{verb}", {"because": because, "until": breach.expires_on}, at)


def _on_record(dockets, kind, at):
    """What counts today of that kind on these cases; those that have run out make room for a new one."""
    known = Breach.objects.filter(docket__in=dockets, kind=kind, repaired_at=None, ran_out_at=None)
    known.filter(expires_on__lt=day_of(at)).update(ran_out_at=at)
    return known


def _standing(on):
    late = Deficiency.objects.filter(docket=OuterRef("docket"), state=Deficiency.State.OVERDUE)
    return Breach.objects.unrepaired(on).filter(Q(kind=Kind.FALSE_PAPER) | Exists(late))
