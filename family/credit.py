"""The credit grade (信用等级): asked of the provincial subsystem with the person's consent, kept as it was said, never scored here."""
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xinyijian.audit import record
from xinyijian.audit.models import Event
from xinyijian.casework.days import day_of
from xinyijian.gateways import Rejected, Unavailable, credit
from xinyijian.people import consents
from xinyijian.people.models import Consent, Person, Standing
from xinyijian.people.standing import SUBSYSTEM
from xinyijian.policies import params_for

KIND = Standing._meta.label
ASK = "ask_subsystem"  # the event of a question, whatever is answered
READ, NOT_RATED, AWAY, REJECTED, NO_CONSENT, TOO_OFTEN = "read", "not_rated", "away", "rejected", "no_consent", "too_often"
WORDS = {
    READ: _("We have received the credit grade and keep it together with its source."),
    NOT_RATED: _("The provincial system has no grade for you. We show this as “not verified”; it does not count against you."),
    AWAY: _("The provincial system is not answering right now. Nothing has changed; please try again later."),
    REJECTED: _("The provincial system did not accept our question. Nothing has changed; please ask the counter to check your details."),
    NO_CONSENT: _("Without your consent we do not ask for your credit grade."),
    TOO_OFTEN: _("We have already asked as often as is allowed in 24 hours. Please come back tomorrow."),
}


@dataclass(frozen=True)
class Reading:
    """What came of it, and the standing that now counts."""

    outcome: str
    standing: Standing | None = None

    @property
    def words(self) -> str:
        """For the person."""
        return WORDS[self.outcome]


def read_again(person, *, by, at) -> Reading:
    """Ask, keep and record; `by` None is the sweep. The question goes out before anything is locked."""
    refused, key = _note_question(person, by, at)
    if refused:
        return Reading(refused)
    try:
        rating = credit.read(person.cert_type, person.cert_number, person.name, key=key)
    except Unavailable:
        return _told(person, Reading(AWAY), by, at)
    except Rejected:
        return _told(person, Reading(REJECTED), by, at)
    return keep(person, rating, by=by, at=at)


@transaction.atomic
def _note_question(person, by, at):
    """(why not, key of the question): counted and noted under the person's lock before it goes out, so that two at once are two."""
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    if consents.standing_consent(person.pk, Consent.Kind.CREDIT) is None:
        return NO_CONSENT, ""
    asked = Event.objects.filter(kind=KIND, person_id=person.pk, verb=ASK, at__gt=at - timedelta(hours=24)).count()
    if by is not None and asked >= params_for("family", person.region_id, day_of(at)).readings_per_day:
        return TOO_OFTEN, ""
    record(KIND, ASK, by=by, at=at, person_id=person.pk, region=person.region_id)
    return "", f"credit-{person.pk}-{at:%Y%m%d%H%M%S}-{asked}"


@transaction.atomic
def keep(person, rating, *, by, at) -> Reading:
    """What the subsystem said, under the person's lock: a new row when it is new; what it no longer says ends."""
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    if consents.standing_consent(person.pk, Consent.Kind.CREDIT) is None:
        return Reading(NO_CONSENT)  # withdrawn while the subsystem was asked: what it said is not kept
    on = day_of(at)
    ours = Standing.objects.filter(person=person, source=SUBSYSTEM).exclude(grade=Standing.Grade.BREACH)
    if rating is None:
        _end(ours.in_force(on), on)
        return _told(person, Reading(NOT_RATED), by, at)
    standing, made = ours.update_or_create(
        person=person, reference=rating.reference, grade=rating.grade, source=SUBSYSTEM, valid_from=rating.valid_from,
        defaults={"read_at": at, "valid_until": rating.valid_until})
    _end(ours.in_force(on).exclude(pk=standing.pk), on)
    return _told(person, Reading(READ, standing), by, at, reference=rating.reference, new=made)


def _end(standings, on):
    for standing in standings:
        Standing.objects.filter(pk=standing.pk).update(valid_until=max(standing.valid_from, on - timedelta(days=1)))


def _told(person, reading, by, at, **data):
    record(KIND, "read_from_subsystem", by=by, at=at, object_id=reading.standing and reading.standing.pk, person_id=person.pk,
           region=person.region_id, data={"outcome": reading.outcome} | data)
    return reading


def may_be_ended(on):
    """What staff may end by hand: grades that the subsystem stated and that count today; never a breach, nor what is over."""
    return Standing.objects.in_force(on).filter(source=SUBSYSTEM).exclude(grade=Standing.Grade.BREACH)


@transaction.atomic
def end_standing(standing, *, by, at, because) -> bool:
    """Staff end a grade that was kept wrongly; the reason stands in the record. False when there was nothing left to end."""
    Person.objects.select_for_update(no_key=True).get(pk=standing.person_id)
    if not may_be_ended(day_of(at)).filter(pk=standing.pk).exists():
        return False
    _end([standing], day_of(at))
    record(KIND, "end", by=by, at=at, object_id=standing.pk, person_id=standing.person_id, region=standing.person.region_id,
           data={"because": because})
    return True


def read_before_they_run_out(at, most=200) -> int:
    """Grades that end soon and were not read today, of living people who agreed; stops when the subsystem is away."""
    on, done = day_of(at), 0
    agreed = {"person__consents__kind": Consent.Kind.CREDIT, "person__consents__withdrawn_at": None}
    kept = Standing.objects.in_force(on).filter(source=SUBSYSTEM, person__died_on=None, **agreed)
    soon = kept.filter(_runs_out(kept, at)).select_related("person").distinct().order_by("valid_until", "pk")
    for standing in soon[:most]:
        if read_again(standing.person, by=None, at=at).outcome == AWAY:
            break
        done += 1
    return done


def _runs_out(kept, at):
    """Near its end and not read lately, as each region says."""
    on, near = day_of(at), Q(pk__in=[])
    for region in kept.order_by().values_list("person__region", flat=True).distinct():
        params = params_for("family", region, on)
        near |= Q(person__region=region, valid_until__lte=on + timedelta(days=params.read_ahead_days),
                  read_at__lt=at - timedelta(hours=params.reread_hours))
    return near
