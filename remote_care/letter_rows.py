"""What a letter about a filing says beside what every letter says; addresses and contacts stay out of it."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from xinyijian.templatetags.portal import day, moment

from .entitlements import of_type
from .states import LONG


def of_filing(filing) -> list[tuple]:
    """(word, value) of what was filed."""
    return [
        (_("Type"), filing.get_type_display()),
        (_("Paid"), str(of_type(filing.params(), filing.type, filing.insutype).filed) if filing.type else ""),
        (_("Shown by"), filing.get_basis_display() if filing.type in LONG else ""),
        (_("City of care"), filing.place or ""),
        (_("From"), day(filing.start_on)),
        (_("Until"), day(filing.end_on)),
        (_("Sent on"), moment(filing.submitted_at)),
        (_("Accepted on"), moment(filing.accepted_at)),
        (_("Promise to hand in later"), gettext("signed on %(day)s") % {"day": day(filing.promise_signed_at)} if filing.gaps else ""),
        (_("Number of the filing"), _number(filing)),
    ]


def gists_of(model, numbers) -> dict:
    """{number: the city of care} of the filings that name one."""
    filings = model.objects.filter(number__in=numbers).exclude(place=None).select_related("place")
    return {filing.number: str(filing.place) for filing in filings.only("number", "place__name", "place__name_en")}


def _number(filing):
    by_hand = gettext("(entered by hand at the bureau)") if filing.number_by_id else ""
    return f"{filing.platform_number} {by_hand}".strip()


def gap_effect_of(filing) -> str:
    """What happens when the missing papers do not come (S0.80)."""
    if filing.params().gap_overdue_effect == "end":
        return gettext("If they do not come in time, the filing ends. Emergency care and reimbursement are not affected.")
    return gettext(
        "If they do not come in time, an officer decides whether the filing stays in force. "
        "Emergency care and reimbursement are not affected."
    )
