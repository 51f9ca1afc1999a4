"""Who is it? Somebody who is present is found by what she shows, whole and with her name; each look is on record with its purpose."""
from dataclasses import dataclass

from django.core import signing
from django.utils.translation import gettext_lazy as _

from xinyijian import gateways
from xinyijian.audit import record
from xinyijian.casework.check_reach import prefix_of
from xinyijian.gateways import evoucher
from xinyijian.people import find
from xinyijian.people.crypto import normalised
from xinyijian.people.models import Person

PURPOSES = {
    "registration": _("registration"), "admission": _("admission"), "settlement": _("settlement"), "filing": _("a filing for her"),
    "asked": _("she asked for it"),
}
DOTS = str.maketrans(dict.fromkeys("•・‧∙.", "·"))
SALT, KEPT = "hospital.found", 1800  # seconds for which somebody found stays on the table


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody on the table: who, and whether the code on her phone proved that she is here."""

    person: Person
    purpose: str
    by_code: bool


def look_up(wanted, hospital, *, by, at) -> Found | None:
    """By certificate, insurance number or code, as CheckForm cleans them. None for nobody, another name, and whoever is out of reach.

    gateways.Rejected for a wrong, old or used code; gateways.Unavailable when nobody can read it now.
    """
    person = _person(wanted, hospital)
    if person and not _within(person, hospital, at):
        person = None
    told = {"object_id": person.pk, "person_id": person.pk, "region": person.region_id} if person else {}
    record("people.Person", "looked_up", by=by, at=at, **told,
           data={"for": wanted["purpose"], "how": wanted["way"], "found": bool(person), "organisation": hospital.code})
    return Found(person, wanted["purpose"], wanted["way"] == "code") if person else None


def token_of(found, hospital, *, by) -> str:
    """What a form carries on from the page on which somebody was found; good for half an hour, this user and this hospital."""
    return signing.dumps([found.person.pk, found.purpose, found.by_code, by.pk, hospital.pk], salt=SALT)


def found_by(token, hospital, *, by) -> Found | None:
    """The other way round; None for a token that is too old or somebody else's."""
    try:
        person, purpose, by_code, user, organisation = signing.loads(token, salt=SALT, max_age=KEPT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    if (user, organisation) != (by.pk, hospital.pk):
        return None
    return Found(Person.objects.select_related("region").get(pk=person), purpose, by_code)


def by_certificate(cert_type, number, name) -> Person | None:
    """Certificate and name together: nobody is found by one alone."""
    person = find.by_certificate(number, cert_type)
    return person if person and same_name(person.name, name) else None


def same_name(one, other) -> bool:
    """Whether two writings are one name; the dot in names of other languages is typed in many ways."""
    return normalised(one).translate(DOTS) == normalised(other).translate(DOTS)


def shows(person, code, hospital) -> bool:
    """Whether the code on a phone is hers; gateways.Rejected or Unavailable as `evoucher.decode`."""
    identity = evoucher.decode(code, organisation_code=hospital.code)
    return by_certificate(identity.cert_type, identity.cert_number, identity.name) == person


def _person(wanted, hospital):
    if wanted["way"] == "code":
        identity = evoucher.decode(wanted["code"], organisation_code=hospital.code)
        return by_certificate(identity.cert_type, identity.cert_number, identity.name)
    if wanted["way"] == "number":
        person = Person.objects.filter(psn_no=wanted["psn_no"]).first()
        return person if person and same_name(person.name, wanted["name"]) else None
    return by_certificate(wanted["cert_type"], wanted["number"], wanted["name"])


def _within(person, hospital, at):
    return person.region_id.startswith(prefix_of(hospital.kind, hospital.region_id, at))


CODE_TROUBLE = {
    gateways.Rejected: _("This code is wrong, too old or was used already. Ask for a fresh one."),
    gateways.Unavailable: _("The insurance platform does not answer, so no code can be read now. Use the certificate."),
}
