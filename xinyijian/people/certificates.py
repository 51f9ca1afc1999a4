"""Certificates by which a person is known: kinds, spelling and the check character of GB 11643."""
import datetime
import re
import unicodedata

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"


class CertType(models.TextChoices):
    """psn_cert_type of the national platform (人员证件类型)."""

    ID_CARD = "01", _("resident ID card")
    OFFICER = "02", _("military officer's card")
    ARMED_POLICE = "03", _("armed police officer's card")
    HONG_KONG = "04", _("travel permit for Hong Kong residents")
    MACAU = "05", _("travel permit for Macau residents")
    TAIWAN = "06", _("travel permit for Taiwan residents")
    FOREIGN_RESIDENT = "07", _("foreign permanent resident card")
    FOREIGN_PASSPORT = "08", _("foreign passport")
    DISABILITY = "09", _("disability card")
    PASSPORT = "16", _("Chinese passport")
    HMT_RESIDENT = "17", _("residence permit for Hong Kong, Macau and Taiwan residents")
    BIRTH = "990201", _("medical birth certificate")
    OTHER = "99", _("other certificate")


CHECKED = {CertType.ID_CARD, CertType.HMT_RESIDENT}


def tidy(number):
    """The number as we keep it: half-width, no spaces or dashes, upper-case letters."""
    if number.isascii() and number.isalnum():
        return number.upper()
    return re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", number)).upper()


def tidy_phone(number: str) -> str:
    """A mainland number without its country code, spaces and dashes."""
    plain = tidy(number)
    return plain[-11:] if plain.startswith(("+86", "0086")) and len(plain) in (14, 15) else plain


def check_character(first17):
    """The 18th character of GB 11643 for the first 17 digits."""
    return CHECKS[sum(int(digit) * weight for digit, weight in zip(first17, WEIGHTS, strict=True)) % 11]


def born_on(number):
    """The birthday that an 18-character number states; ValueError if there is no such day."""
    return datetime.date.fromisoformat(f"{number[6:10]}-{number[10:12]}-{number[12:14]}")


def sex_of(number):
    """'1' male, '2' female, as the 17th digit of GB 11643 states."""
    return "1" if int(number[16]) % 2 else "2"


def validate(number, cert_type=CertType.ID_CARD):
    """The tidied number; ValidationError in plain words. The area code is not tested: people keep abolished ones."""
    number = tidy(number)
    if cert_type in CHECKED:
        _check_gb11643(number)
    elif not re.fullmatch(r"[0-9A-Z()/]{3,30}", number):
        raise ValidationError(_("Enter the number with letters and digits only."), code="cert_format")
    return number


def _check_gb11643(number):
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number):
        raise ValidationError(_("An ID number has 18 characters: digits, the last may be X."), code="cert_format")
    try:
        born_on(number)
    except ValueError:
        raise ValidationError(_("The date of birth in this ID number does not exist."), code="cert_birthday") from None
    if check_character(number[:17]) != number[17]:
        raise ValidationError(_("This ID number has a typing mistake: its last character does not fit."), code="cert_check")
