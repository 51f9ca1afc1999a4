"""Whom a person is tied to, as the desk reads it: family, leave to act, mutual aid; those in force first, then those that ended."""

from datetime import timedelta

from django.apps import apps
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xinyijian.people.models import FamilyLink, Grant, MutualAid, Relation
from xinyijian.people.standing import INVERSE

from .days import day_of

INSTANT = timedelta(microseconds=1)  # what ends at midnight has the day before as its last one
MOST = 40  # of each kind
SEALED = ("cert_number", "phone", "address")  # nobody's is opened for a list
KINDS = {
    "link": _("family link"),
    "grant_given": _("may act for this person"),
    "grant_held": _("this person may act for"),
    "aid_given": _("mutual aid: this person's account pays for"),
    "aid_held": _("mutual aid: the account that pays is that of"),
}


def ties_of(person, at) -> list[dict]:
    """Family, leave to act and mutual aid, each with its other end; those in force first."""
    on = day_of(at)
    found = [_link(link, person, on) for link in _either(FamilyLink, person, "person", "relative")]
    found += [_grant(grant, person, at) for grant in _either(Grant, person, "person", "agent")]
    found += [_aid(aid, person, on) for aid in _either(MutualAid, person, "holder", "member")]
    return sorted(({**tie, "kind": KINDS[tie["what"]]} for tie in found), key=lambda tie: not tie["now"])


def _either(model, person, one, other):
    rows = model.objects.filter(Q(**{one: person}) | Q(**{other: person}))
    return rows.select_related(one, other).defer(*(f"{end}__{name}" for end in (one, other) for name in SEALED)).order_by("-pk")[:MOST]


def _link(link, person, on):
    hers = link.person_id == person.pk
    word = Relation(link.relation if hers else INVERSE[link.relation]).label
    until, void = link.until, link.ended_because and link.until == link.since  # ended on its first day: it never held
    now = link.verified_at is not None and link.since <= on and (until is None or until >= on) and not void
    return {"what": "link", "word": word, "other": link.relative if hers else link.person, "since": link.since, "until": until, "now": now,
            "about": link.proof, "number": link.case_number}


def _grant(grant, person, at):
    hers = grant.person_id == person.pk
    until = grant.revoked_at or grant.until
    now = grant.since <= at and (until is None or until > at)
    return {"what": "grant_given" if hers else "grant_held", "word": _service(grant.scope), "other": grant.agent if hers else grant.person,
            "since": day_of(grant.since), "until": day_of(until - INSTANT) if until else None, "now": now, "about": "", "number": ""}


def _aid(aid, person, on):
    hers = aid.holder_id == person.pk
    agreed = aid.holder_agreed_at and aid.member_agreed_at
    now = bool(agreed) and aid.since <= on and (aid.until is None or aid.until >= on)
    return {"what": "aid_given" if hers else "aid_held", "word": "", "other": aid.member if hers else aid.holder, "since": aid.since,
            "until": aid.until, "now": now, "about": aid.get_source_display(), "number": ""}


def _service(scope):
    """The service for which somebody may act; one that is no longer installed by its code."""
    if scope == "*":
        return _("all services")
    return apps.get_app_config(scope).verbose_name if apps.is_installed(scope) else scope
