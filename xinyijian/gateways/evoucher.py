"""The e-voucher (医保电子凭证, 医保码): transaction 6101 turns the code on a phone into a person.

A code lives 60 seconds and serves once. It is never stored and never logged; neither is the token that comes for it.
"""
import secrets
from dataclasses import dataclass, field

from django.conf import settings

from . import platform, roster
from .errors import Rejected, Unavailable
from .senders import sender_of

SHOWN_FOR = "03131"  # businessType: proof of identity in an app


@dataclass(frozen=True, slots=True)
class Identity:
    """Whom a code proves to be present. `psn_no` is "" where the roster does not know her."""

    name: str = field(repr=False)
    cert_type: str
    cert_number: str = field(repr=False)
    psn_no: str
    region: str


def decode(code: str, *, organisation_code: str = "") -> Identity:
    """Who shows this code; Rejected for a wrong, old or used one.

    Unavailable: without an answer the code may have been used up, so she must show a fresh one, and asking again is of no use.
    """
    sender, us = sender_of(organisation_code), settings.PLATFORM
    asked = {"orgId": sender.code, "businessType": SHOWN_FOR, "businessInfo": code, "operatorId": us["opter"],
             "operatorName": us["opter_name"], "officeId": "0", "officeName": us["opter_name"], "deviceType": ""}
    answer = platform.call("6101", {"InData": asked}, sender=sender, key=secrets.token_hex(16), care_in=us["place"])
    try:
        out = answer.output["OutData"]
        name, cert_type, number, token, place = (str(out[key]) for key in ("userName", "idType", "idNo", "ecToken", "insuOrg"))
    except (KeyError, TypeError) as error:
        raise Unavailable("6101 answered without a person") from error
    return Identity(name, cert_type, number, _insurance_number(token, cert_type, number, name, organisation_code), place)


def _insurance_number(token, cert_type, number, name, organisation_code):
    """6101 does not tell it: 1101 does, for the token."""
    try:
        found = roster.look_up(roster.BY_CODE, token, cert_type, number, name, organisation_code=organisation_code)
    except Rejected:
        return ""
    return found.psn_no if found else ""
