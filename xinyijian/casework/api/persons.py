"""How a calling system reaches a person: by insurance number, by certificate with name, or by the code on her phone; never by a part.

A live system reaches whom its hospital's desk may look up (policy check_within), a sandbox key only the made-up ones of its own hospital.
Each look leaves an event.
"""

from django.conf import settings
from django.core.exceptions import ValidationError as FormError
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from xinyijian import audit
from xinyijian.casework.check_reach import prefix_of
from xinyijian.gateways import Rejected, evoucher
from xinyijian.people import certificates
from xinyijian.people.certificates import CertType, tidy
from xinyijian.people.crypto import blind_index
from xinyijian.people.models import Person

from . import limits, sandbox_codes
from .fields import Strict, Text
from .problems import Problem

PURPOSES = {  # code_biz_type of the national platform
    "01101": _("registration"),
    "01102": _("hospital file opened"),
    "01103": _("admission"),
    "01104": _("advance payment"),
    "01201": _("consultation"),
    "01204": _("treatment"),
    "01301": _("settlement"),
    "01302": _("medicine handed out"),
    "02121": _("pharmacy purchase"),
}
WAYS = (("psn_no",), ("psn_cert_type", "certno", "psn_name"), ("code",))
ONE_WAY = _("Say who it is in exactly one way: psn_no, or psn_cert_type with certno and psn_name, or code")


class Purpose(Strict):
    """Why a person's data is asked for; kept in the trail."""

    code_biz_type = serializers.ChoiceField(list(PURPOSES.items()), help_text="code_biz_type: what it is asked for")


class ByNumber(Purpose):
    """The only way that may stand in an address: the number means nothing outside the insurance."""

    psn_no = Text(max_length=30)


class Someone(Purpose):
    """One person, who is present, in one of three ways."""

    psn_no = Text(required=False, max_length=30, help_text="insurance number")
    psn_cert_type = serializers.ChoiceField(CertType.choices, required=False, help_text="kind of certificate")
    certno = Text(required=False, max_length=50, help_text="certificate number, whole")
    psn_name = Text(required=False, max_length=50, help_text="name as on the certificate")
    code = Text(required=False, max_length=200, help_text="what the QR code of her e-voucher says; 60 seconds old at most")

    def validate(self, attrs):
        said = set(attrs) - {"code_biz_type"} - self.besides()
        if said not in map(set, WAYS):
            raise serializers.ValidationError(ONE_WAY, code="one_way")
        if "certno" in attrs:
            attrs["certno"] = self._whole(attrs["certno"], attrs["psn_cert_type"])
        return attrs

    def besides(self) -> set:
        """Fields that say something else than who it is."""
        return set()

    def _whole(self, number, cert_type):
        try:
            return certificates.validate(number, cert_type)
        except FormError as wrong:
            raise serializers.ValidationError({"certno": [serializers.ErrorDetail(m, code=wrong.code) for m in wrong.messages]}) from None


def columns_of(caller, wanted) -> dict:
    """{column: value} that exactly this person has; Problem "code_refused" for a code that is wrong, old or used."""
    if "psn_no" in wanted:
        return {"psn_no": wanted["psn_no"]}
    if "code" in wanted:
        return _of_code(caller, wanted["code"])
    return _of_certificate(wanted["psn_cert_type"], wanted["certno"], wanted["psn_name"])


def find(caller, wanted, *, at) -> Person:
    """The person, with an event in the trail; Problem "not_found" for nobody, for two, and for one out of reach."""
    limits.may_miss(caller.client_id)
    person = within_reach(caller, at).filter(**columns_of(caller, wanted)).first()
    if person is None:
        raise missed(caller, wanted, at=at)
    note(caller, wanted, person=person, at=at)
    return person


def missed(caller, wanted, *, at) -> Problem:
    """Nobody was found: on record, and charged to a live key; what is then to be answered."""
    note(caller, wanted, at=at)
    if not caller.in_sandbox:
        limits.miss(caller.client_id)
    return Problem("not_found")


def within_reach(caller, at):
    """Whom this caller may reach at all."""
    if caller.in_sandbox:
        return Person.objects.filter(region=settings.SANDBOX_REGION, psn_no__startswith=caller.organisation_code[2:])
    near = Person.objects.filter(region__pk__startswith=prefix_of(caller.organisation_kind, caller.region, at))
    return near.exclude(region=settings.SANDBOX_REGION).exclude(psn_no="")


def note(caller, wanted, *, at, person=None):
    """Who asked about whom, how and for what; a look that found nobody as well."""
    audit.look(
        "people.Person",
        "looked_up",
        by=caller.user,
        at=at,
        object_id=person and person.pk,
        person_id=person and person.pk,
        region=person.region_id if person else "",
        data=said_of(caller, wanted),
    )


def said_of(caller, wanted) -> dict:
    """What the event keeps: the way and the purpose, never the number."""
    way = next(way[-1] for way in WAYS if way[-1] in wanted)
    return {"client_id": caller.client_id, "organisation": caller.organisation_code, "way": way, "code_biz_type": wanted["code_biz_type"]}


def _of_certificate(cert_type, number, name):
    return {"cert_type": cert_type, "cert_digest": blind_index(tidy(number), "certificate"), "name_digest": blind_index(name, "name")}


def _of_code(caller, code):
    if caller.in_sandbox:
        psn_no = sandbox_codes.redeem(caller.organisation_code, code)
        if psn_no is None:
            raise Problem("code_refused")
        return {"psn_no": psn_no}
    try:
        who = evoucher.decode(code, organisation_code=caller.organisation_code)
    except Rejected:
        raise Problem("code_refused") from None
    return _of_certificate(who.cert_type, who.cert_number, who.name)
