"""Seeing one masked value in full (脱敏还原): only with the right, only for a stated reason, and always on record."""

import re

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext_lazy as _

from xinyijian import audit

from . import scope

PERMISSION = "people.unmask"
REASONS = {  # the closed list
    "identify": _("to make sure who stands at the counter"),
    "reach": _("to reach the person about her case"),
    "compare": _("to compare with a paper or another system"),
    "duty": _("asked by a court, an auditor or a superior body"),
}
FIELDS = {"name": _("name"), "cert_number": _("certificate number"), "phone": _("phone"), "address": _("address")}
SHORTEST, LONGEST = 4, 200
NUMBER = re.compile(r"\d{11}|\d{15,17}[\dXx]")


def may_unmask(user, region, organisation_id, at) -> bool:
    """Whether one of her posts lets her see masked values in full there."""
    return scope.holds(user, PERMISSION, region, organisation_id, at)


def unmask(person, value, *, what, by, at, region, organisation_id=None, reason, text, about="") -> str:
    """The value, after the reason is on record. `what` names it, `about` is the number of the case.

    PermissionDenied without the right; ValidationError for a reason that is not on the list or not explained.
    """
    if not may_unmask(by, region, organisation_id, at):
        raise PermissionDenied(PERMISSION)
    data = {"what": what, "reason": reason, "because": explained(reason, text), "case": about}
    audit.record("people.Person", "unmask", by=by, at=at, object_id=person.pk, person_id=person.pk, region=region, data=data)
    return value


def explained(reason, text) -> str:
    """The explanation as it is kept; ValidationError when the reason is missing, unknown or not explained."""
    text = " ".join(text.split())
    if reason not in REASONS:
        raise ValidationError(_("Choose a reason from the list."), code="reason")
    if not SHORTEST <= len(text) <= LONGEST:
        raise ValidationError(_("Say in a few words what it is needed for (4 to 200 characters)."), code="because")
    if NUMBER.search(text):
        raise ValidationError(_("Write no certificate or phone number here: the reason is kept in clear."), code="number")
    return text
