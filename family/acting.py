"""Leave to act for somebody (代办授权): given for chosen services until a day, taken back at once. Plain verbs with audit events."""
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from xinyijian.audit import record
from xinyijian.casework.days import day_of, end_of
from xinyijian.casework.legal_time import months
from xinyijian.casework.models.case import case_classes
from xinyijian.people import authority, consents, ties
from xinyijian.people.models import Consent, Grant, Person
from xinyijian.policies import params_for

from . import refusals, telling

PERSONAL = ("family",)  # kinship is nobody else's to register or end


def scopes() -> dict:
    """{service: what it is called} for which somebody may let another act."""
    return {model._meta.app_label: model._meta.app_config.verbose_name for model in case_classes()
            if model._meta.app_label not in PERSONAL}


def services_in_words(codes) -> str:
    """What leave is given for, in one line."""
    known = scopes()
    return _(", ").join(str(_("all services") if code == "*" else known.get(code, code)) for code in codes)


def latest_end(person, at):
    """The last day until which leave to act may be given today."""
    return months(at, params_for("family", person.region_id, day_of(at)).grant_months).last_day


@transaction.atomic
def give(person, agent, codes, until, *, by, at, how=Consent.How.ONLINE, key=None) -> list[Grant]:
    """Leave for each service until the end of a day; what the same agent held for it is replaced. Both are told; a key gives it once."""
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    if key and Consent.objects.filter(key=key).exists():
        return []
    _check(person, agent, codes, until, at, own=refusals.own_business(by, person, agent) if how == Consent.How.PAPER else [])
    consent = consents.give(person.pk, Consent.Kind.ACTING, by=by, at=at, how=how, key=key)
    for old in Grant.objects.in_force(at).filter(person=person, agent=agent, scope__in=codes):
        ties.revoke_grant(old, by=by, at=at, because="replaced")
    said = f"{consent.how} · {consent.version} · {consent.sha256[:16]} · #{consent.pk}"
    made = [Grant.objects.create(person=person, agent=agent, scope=code, since=at, until=end_of(until), consent=said, recorded_by=by)
            for code in codes]
    events = [record(Grant._meta.label, "give", by=by, at=at, object_id=grant.pk, person_id=person.pk, region=person.region_id,
                     data={"scope": grant.scope, "agent": agent.pk, "until": until.isoformat(), "how": str(how)}) for grant in made]
    for who, name in ((person, "grant_given"), (agent, "grant_held")):  # one message, however many services
        telling.tell(telling.ACTING, name, events[0].pk, [who.pk], at, until=until)
    return made


@transaction.atomic
def take_back(grant, *, by, at, because) -> bool:
    """End one grant at once and tell both; False when it had ended before."""
    ended = ties.revoke_grant(grant, by=by, at=at, because=because)
    telling.tell_ended([ended] if ended else [], at)
    return ended is not None


def _check(person, agent, codes, until, at, own):
    on, wrong = day_of(at), [*own]
    if agent.pk == person.pk:
        wrong.append(_("Nobody needs permission to act for themselves."))
    if authority.is_minor(agent.born_on, on) or (agent.died_on and agent.died_on <= on):
        wrong.append(_("Only a living adult can act for somebody else."))
    if authority.is_minor(person.born_on, on):
        wrong.append(_("Parents act for their child as guardians. Only adults can give somebody permission to act."))
    if not codes or set(codes) - scopes().keys():
        wrong.append(_("Please choose at least one service."))
    if not on <= until <= latest_end(person, at):
        wrong.append(_("Please choose a last day between today and %(day)s.") % {"day": latest_end(person, at).isoformat()})
    if wrong:
        raise ValidationError(wrong)
