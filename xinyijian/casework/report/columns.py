"""What is counted. A column is a query over cases; who brings a new service or table adds one with `add`.

    add(Column("debts", _("Debts open"), lambda at: Debt.objects.filter(paid_at=None), when="since", docket="docket__"))
"""
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from ..models import APPLICANT, Decision, Deficiency, Docket

COLUMNS: dict[str, "Column"] = {}
LATE = Q(promised_at__isnull=False, at__gt=F("promised_at"))
OPEN = (Deficiency.State.OWED, Deficiency.State.OVERDUE, Deficiency.State.GIVEN)


@dataclass(frozen=True, slots=True)
class Column:
    """One figure: `query(at)` gives its rows, `when` the field that says in which month, `docket` the way to the case ("" : it is one)."""

    name: str
    label: str
    query: Callable
    when: str
    docket: str = ""
    good: bool | None = None  # more of it is good, or bad, or neither


def add(column: Column):
    """Every report shows it from now on."""
    if COLUMNS.setdefault(column.name, column) != column:
        raise ValueError(f"{column.name} is counted twice")


def _first_decisions(at):
    earlier = Decision.objects.filter(docket=OuterRef("docket"), pk__lt=OuterRef("pk"))
    return Decision.objects.filter(~Exists(earlier))


def _overdue(at):
    return Docket.objects.filter(closed_at=None, due_at__lte=at).exclude(queue_role__in=["", APPLICANT])


add(Column("received", _("Received"), lambda at: Docket.objects.all(), "received_at"))
add(Column("in_time", _("Decided in time"), lambda at: _first_decisions(at).exclude(LATE), "at", "docket__", good=True))
add(Column("late", _("Decided late"), lambda at: _first_decisions(at).filter(LATE), "at", "docket__", good=False))
add(Column("overdue", _("Overdue now"), _overdue, "due_at", good=False))
add(Column("refused", _("Refused"), lambda at: Decision.objects.filter(outcome="refused"), "at", "docket__"))
add(Column("gaps", _("Documents owed now"), lambda at: Deficiency.objects.filter(state__in=OPEN), "since", "docket__"))
