"""For the side of the desk: which of the hospital's pages are for this reader."""
from django import template

from xinyijian.people import scope, staffing

from ..access import CHECK, DESK, SHEETS

register = template.Library()


@register.simple_tag
def works_at_hospital(user, now) -> dict:
    """{check, filings, sheets} of whoever has a hospital's desk; empty for others: `{% works_at_hospital user now as desk %}`."""
    if not (user and user.is_staff and now) or user.is_superuser or not scope.holds_anywhere(user, DESK, now):
        return {}
    found = {"check": CHECK, "filings": "casework.read", "sheets": SHEETS}
    return {"desk": True} | {name: scope.holds_anywhere(user, permission, now) for name, permission in found.items()}


@register.simple_tag
def manages_staff(user, now) -> bool:
    """Whether somebody's accounts are the reader's to keep."""
    if not (user and user.is_staff and now):
        return False
    return user.is_superuser or any(scope.holds_anywhere(user, permission, now) for permission in (staffing.HOSPITALS, staffing.BUREAUS))
