"""Correcting what is kept about a person (更正): which facts may be, what may stand there, and the deed itself."""

import datetime
import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from xinyijian import audit

from .find import tidy_phone
from .models import Person, Sex

LABELS = {
    "name": _("name"),
    "born_on": _("day of birth"),
    "sex": _("sex"),
    "phone": _("phone"),
    "address": _("address"),
    "other": _("something else"),  # kept elsewhere: an officer puts it in order and says how
}
KEPT = tuple(name for name in LABELS if name != "other")
DIGESTS = {"name": "name_digest", "phone": "phone_digest"}
EARLIEST = datetime.date(1900, 1, 1)


def held(person, field) -> str:
    """What stands there now, as plain text; "" for what is not kept in the person's row."""
    value = getattr(person, field) if field in KEPT else ""
    return value.isoformat() if isinstance(value, datetime.date) else str(value or "")


def checked(field, text, on) -> str:
    """The text as it may be kept; ValidationError in plain words. `on` is the day on which it is asked."""
    text = text.strip()
    return _CHECKS[field](text, on) if field in _CHECKS else text


def apply(cases, *, at, by, inputs):
    """Write what was decided, named in a step as then=(apply,): each case has person_id, field and wanted (text, "" for other)."""
    for case in cases:
        if case.field in KEPT:
            _write(case, at, by)


def _write(case, at, by):
    person = Person.objects.get(pk=case.person_id)
    text = checked(case.field, case.wanted, case.asked_on)
    setattr(person, case.field, datetime.date.fromisoformat(text) if case.field == "born_on" else text)
    person.save(update_fields=[case.field, *([DIGESTS[case.field]] if case.field in DIGESTS else [])])
    audit.record(
        "people.Person",
        "correct",
        by=by,
        at=at,
        object_id=person.pk,
        person_id=person.pk,
        region=person.region_id,
        data={"what": case.field, "case": case.number},  # neither the old value nor the new one
    )


def _phone(text, on):
    number = tidy_phone(text)
    if not re.fullmatch(r"1[0-9]{10}", number):
        raise ValidationError(_("A mobile number has 11 digits and begins with 1."), code="phone_format")
    return number


def _born_on(text, on):
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        raise ValidationError(_("Write the day as year-month-day, for example 1950-03-08."), code="day_format") from None
    if not EARLIEST <= day <= on:
        raise ValidationError(_("A day of birth lies between 1900 and today."), code="day_range")
    return text


def _sex(text, on):
    if text not in Sex.values:
        raise ValidationError(_("Choose one of the answers."), code="sex")
    return text


def _name(text, on):
    if not 1 <= len(text) <= 60 or re.search(r"[0-9<>]", text):
        raise ValidationError(_("Write the name as it stands on the certificate."), code="name")
    return text


_CHECKS = {"phone": _phone, "born_on": _born_on, "sex": _sex, "name": _name}
