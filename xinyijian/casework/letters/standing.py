"""How a case stands now, in the words that the letter and the public page share."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from xinyijian.care.models import Coverage
from xinyijian.casework import words
from xinyijian.casework.days import day_of
from xinyijian.casework.models import Deficiency
from xinyijian.templatetags.portal import day

OPEN = (Deficiency.State.OWED, Deficiency.State.GIVEN, Deficiency.State.OVERDUE)
NO_END = _("no last day is set")


def standing_of(case, *, at) -> dict:
    """{status (word, kind), verdict (one sentence), since, until, counts (today), closed, gap_open}; two queries."""
    coverage = Coverage.objects.filter(case_number=case.number).first()
    gap_open = Deficiency.objects.filter(docket=case.docket_id, state__in=OPEN).exists()
    on, closed = day_of(at), case.status in case.FINAL
    return {
        "status": words.status(case.docket.kind, case.status, staff=False),
        "verdict": verdict(coverage, closed=closed, on=on),
        "since": coverage.starts_on if coverage else None,
        "until": (day(coverage.ends_on) or NO_END) if coverage else "",
        "counts": bool(coverage and coverage.starts_on <= on <= (coverage.ends_on or on)),
        "closed": closed,
        "gap_open": gap_open,
    }


def verdict(coverage, *, closed, on) -> str:
    """Whether it counts on that day, in one sentence; "" while there is nothing that could count."""
    if coverage is None or coverage.ends_on and coverage.ends_on < coverage.starts_on:  # ended before it began
        return gettext("This case is closed.") if closed else ""
    span = {"since": day(coverage.starts_on), "until": day(coverage.ends_on)}
    if coverage.ends_on and coverage.ends_on < on:
        return gettext("It no longer counts: the last day was %(until)s.") % span
    if closed:
        return gettext("It has been ended: it still counts today, until %(until)s 24:00, and not after that.") % span
    if coverage.starts_on > on:
        return gettext("It will count from %(since)s on.") % span
    if coverage.ends_on:
        return gettext("It counts today, and until %(until)s 24:00.") % span
    return gettext("It counts today; it began on %(since)s and no last day is set.") % span
