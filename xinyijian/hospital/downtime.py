"""Printing empty numbered sheets, and entering what was written on one while a system was down.

What counts from when stands in docs/downtime.md.
"""
import uuid
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from xinyijian.audit import record
from xinyijian.casework import assisted
from xinyijian.casework.days import day_of
from xinyijian.casework.models import Docket
from xinyijian.casework.numbers import new_number
from xinyijian.casework.rules import Refused, Unmet
from xinyijian.policies import params_for

from .models import Sheet

PREFIX, MOST = "DT", 50  # sheets of one printing
NOT_OURS = Unmet(
    "sheet_unknown", _("This number stands on no sheet of this hospital"), remedy=_("Compare it with the sheet, character by character")
)


def print_sheets(count, organisation, *, by, at) -> uuid.UUID:
    """So many empty sheets with new numbers; returns the batch by which they are printed."""
    batch, minute = uuid.uuid4(), at.replace(second=0, microsecond=0)  # paper has no seconds
    Sheet.objects.bulk_create(
        Sheet(
            number=new_number(PREFIX, organisation.region_id, at), organisation=organisation, batch=batch, printed_by=by, printed_at=minute
        )
        for _n in range(min(count, MOST))
    )
    record("hospital.Sheet", "print", by=by, at=at, region=organisation.region_id, data={"organisation": organisation.code, "count": count})
    return batch


def window_of(organisation, at) -> timedelta:
    """How late a sheet may be entered, by the policy of the hospital's region."""
    return timedelta(days=params_for("hospital", organisation.region_id, day_of(at)).late_entry_days)


def unmet_for(sheet, occurred_at, *, at) -> list[Unmet]:
    """Everything that is wrong with the true time that stands on the sheet; it was printed before, and it is over."""
    found = []
    if occurred_at >= at:
        found.append(Unmet("not_yet", _("This moment is still to come"), remedy=_("Write down when the patient truly asked")))
    if occurred_at < at - window_of(sheet.organisation, at):
        remedy = _("It is too late to enter the sheet: let the bureau's counter take it up, with the sheet as proof")
        found.append(Unmet("too_late", _("This was too long ago"), remedy=remedy))
    if occurred_at < sheet.printed_at:
        found.append(Unmet("before_print", _("The sheet was printed only after this moment"), remedy=_("Check day and time on the sheet")))
    return found


@transaction.atomic
def enter(number, person, kind, *, occurred_at, cause, because, organisation, by, at):
    """The case that the sheet asks for, with its true time. Refused with every reason; the same entry twice is one case."""
    own = Sheet.objects.select_for_update(of=("self",)).filter(number=number, organisation=organisation)
    sheet = own.select_related("organisation").first()
    if sheet is None:
        raise Refused([NOT_OURS])
    if sheet.docket_id:
        return _entered_before(sheet, person, occurred_at, by)
    if unmet := unmet_for(sheet, occurred_at, at=at):
        raise Refused(unmet)
    told = {"sheet": sheet.number, "cause": cause}  # what was typed stays sealed, in the sheet alone
    case = assisted.open_for(kind, person, organisation, by=by, at=at, occurred_at=occurred_at, data=told)
    sheet.docket_id, sheet.entered_by, sheet.entered_at = case.docket_id, by, at
    sheet.occurred_at, sheet.cause, sheet.because = occurred_at, cause, because
    sheet.save()
    record("hospital.Sheet", "enter", by=by, at=at, object_id=sheet.pk, person_id=person.pk, region=case.region_id,
           data={"sheet": sheet.number, "case": case.number, "occurred_at": occurred_at.isoformat(), "cause": cause})
    return case


def _entered_before(sheet, person, occurred_at, by):
    """Pressed twice is once; anything else would be a second case from one sheet."""
    docket = Docket.objects.get(pk=sheet.docket_id)
    if (sheet.entered_by_id, docket.person_id, sheet.occurred_at) == (by.pk, person.pk, occurred_at):
        return docket.case()
    used = Unmet("sheet_used", _("This sheet was entered already, as %(case)s") % {"case": docket.number},
                 remedy=_("A sheet serves once: look at that case"))
    raise Refused([used])
