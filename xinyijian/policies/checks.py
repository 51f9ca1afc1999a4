"""What an administrator must know before a case finds out: missing or mistyped values, a calendar that ends."""
from datetime import date

from django.utils.translation import gettext as _

from .calendar import calendar
from .models import Value
from .parameters import DECLARED
from .params import params_for


def problems(on: date) -> list[str]:
    """One line for each region and service whose values are not complete and well typed on that day."""
    lines = []
    for service, region in Value.objects.filter(in_force=True).order_by("service", "region").values_list("service", "region").distinct():
        if service not in DECLARED:
            lines.append(f"{service}: no such service is declared")
            continue
        try:
            params_for(service, region, on)
        except (LookupError, ValueError) as wrong:
            lines.append(f"{region}: {wrong}")
    return lines


def warnings(on: date) -> list[str]:
    """Notices for whoever administers the system, in the active language."""
    left = calendar().warn_before_end(on)
    if left is None:
        return []
    text = _("The working calendar is published until %(day)s only (%(days)s days left). Dates after it are provisional.")
    return [text % {"day": calendar().published_until, "days": left}]
