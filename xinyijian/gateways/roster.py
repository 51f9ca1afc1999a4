"""The platform's roster of insured persons: transaction 1101, asked with certificate and name together."""
import secrets
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation

from django.conf import settings

from . import platform
from .errors import Rejected, Unavailable
from .senders import sender_of

BY_CODE, BY_CARD = "01", "02"  # mdtrt_cert_type: e-voucher, identity document
INSURED_NOW = "1"  # psn_insu_stas


@dataclass(frozen=True, slots=True)
class PersonInfo:
    """What the platform knows of an insured person. `balc` is the account's balance in yuan as of now."""

    psn_no: str
    name: str = field(repr=False)
    cert_type: str
    cert_number: str = field(repr=False)
    born_on: date
    sex: str
    region: str
    insutype: str
    psn_type: str
    balc: Decimal = field(repr=False)


def person(cert_type: str, cert_number: str, name: str, *, organisation_code: str = "") -> PersonInfo | None:
    """Who holds that certificate under that name; None when the platform knows nobody. Unavailable or Rejected.

    With the code of a hospital it is asked in the hospital's name and with its keys.
    """
    return look_up(BY_CARD, cert_number, cert_type, cert_number, name, organisation_code=organisation_code)


def look_up(proof, proof_number, cert_type, cert_number, name, *, organisation_code="") -> PersonInfo | None:
    """1101 by any proof (mdtrt_cert_type and its number); see `person`."""
    asked = {"mdtrt_cert_type": proof, "mdtrt_cert_no": proof_number, "card_sn": "", "begntime": "", "psn_cert_type": cert_type,
             "certno": cert_number, "psn_name": name}
    sender = sender_of(organisation_code)
    try:
        output = platform.call("1101", {"data": asked}, sender=sender, key=secrets.token_hex(16), care_in=settings.PLATFORM["place"]).output
    except Rejected as no:
        if settings.PLATFORM["says_nobody"] in no.text:
            return None
        raise
    return _read(output)


def _read(output):
    try:
        base, insured = output["baseinfo"], _in_force(output["insuinfo"])
        return PersonInfo(
            str(base["psn_no"]), str(base["psn_name"]), str(base["psn_cert_type"]), str(base["certno"]), date.fromisoformat(base["brdy"]),
            str(base["gend"]), str(insured["insuplc_admdvs"]), str(insured["insutype"]), str(insured["psn_type"]), Decimal(insured["balc"]),
        )
    except (KeyError, TypeError, ValueError, InvalidOperation, IndexError) as error:
        raise Unavailable(f"1101 answered without {type(error).__name__}") from error


def _in_force(rows):
    """The insurance that runs; a person may have older ones beside it."""
    return next((row for row in rows if row.get("psn_insu_stas") == INSURED_NOW), rows[0])
