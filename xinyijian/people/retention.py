"""How long what is kept (保存期限): a register that every app adds to, policy values for the terms, and one sweep for all of it.

An app's own retention.py calls `keep`. A class with a `sweep` is emptied batch by batch; one without says why it stays. Terms are the
region's where rows have a region; what belongs to no region goes by the shortest term that any region has set. Nothing append-only is
ever touched: the database would refuse it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from xinyijian import audit
from xinyijian.policies import Parameter, declare, params_for

from .models import OneTimeCode, Region

log = structlog.get_logger(__name__)
SERVICE, DAYS = "retention", _("days")
BATCH = 1000
CLASSES: dict[str, "DataClass"] = {}


@dataclass(frozen=True, slots=True)
class DataClass:
    """One kind of data. `sweep(terms, size)` empties one batch and says how many rows; None: it stays."""

    code: str
    text: str
    why: str  # from when it counts, or why it stays
    sweep: Callable | None = None
    real_time: bool = False  # sessions and codes keep real time, whatever the demo's business time is

    @property
    def parameter(self) -> str:
        """The name of its term among the policy values."""
        return f"{self.code}_days"


def keep(code, text, why, *, basis, sweep=None, real_time=False) -> None:
    """Add a class of data and declare its term: days, or none for what stays."""
    CLASSES[code] = one = DataClass(code, text, why, sweep, real_time)
    parameter = Parameter(one.parameter, int, unit=DAYS, basis=basis, text=text, least=0, most=36500, optional=True)
    declare(SERVICE, parameter, title=_("How long data are kept"))


def sweep_all(at, real) -> dict[str, int]:
    """Empty every class whose term is over, in batches of their own transactions; {code: rows}. One event says how many of what."""
    counts, terms = {}, terms_by_region(at)
    for code, one in CLASSES.items():
        if one.sweep:
            counts[code] = _sweep(one, _before(one, terms, real if one.real_time else at))
    audit.record("people.retention", "sweep", by=None, at=at, data={"counts": counts})
    return counts


def terms_by_region(at) -> dict:
    """{region: its values}; regions without rules of their own or from above keep everything until somebody decides."""
    on, found = timezone.localdate(at), {}
    for region in Region.objects.order_by("pk").values_list("pk", flat=True):
        try:
            found[region] = params_for(SERVICE, region, on)
        except LookupError:
            continue
    return found


def shortest(code, at) -> int | None:
    """The shortest term in days that any region has set, by which goes what belongs to no region; None: it stays."""
    days = [getattr(params, CLASSES[code].parameter) for params in terms_by_region(at).values()]
    return min((count for count in days if count is not None), default=None)


def _before(one, terms, at) -> list[tuple[str, datetime]]:
    """[(region, the moment before which it goes), …] of the regions that have set a term."""
    days = {region: getattr(params, one.parameter) for region, params in terms.items()}
    return [(region, at - timedelta(days=count)) for region, count in days.items() if count is not None]


def _sweep(one, terms) -> int:
    total, swept = 0, BATCH if terms else 0
    while swept >= BATCH:
        with transaction.atomic():
            swept = one.sweep(terms, BATCH)
        total += swept
    return total


def older_than(model, column) -> Callable:
    """A sweep that deletes rows of a table without a region by the shortest term of all: before a moment, in `column`."""

    def sweep(terms, size):
        latest = max(before for _region, before in terms)
        ids = model.objects.filter(**{f"{column}__lt": latest}).order_by(column).values_list("pk", flat=True)[:size]
        count, _rows = model.objects.filter(pk__in=list(ids)).delete()
        return count

    return sweep


def _attempts(terms, size):
    return sum(older_than(model, "attempt_time")(terms, size) for model in (AccessAttempt, AccessFailureLog, AccessLog))


keep(
    "one_time_codes",
    _("Codes sent to a phone"),
    _("from the sending; only digests are kept"),
    basis="PIPL-19",
    sweep=older_than(OneTimeCode, "sent_at"),
    real_time=True,
)
keep("sessions", _("Sign-in sessions"), _("from their end"), basis="PIPL-19", sweep=older_than(Session, "expire_date"), real_time=True)
keep(
    "sign_in_attempts",
    _("Failed sign-ins"),
    _("from the attempt; names and addresses as digests"),
    basis="CSL-21",
    sweep=_attempts,
    real_time=True,
)
keep("exports", _("Files of exported data"), _("made for one answer and never stored"), basis="PIPL-19")
keep("trail", _("The trail: who did and saw what"), _("stays: it proves what happened and cannot be changed"), basis="CSL-21")
