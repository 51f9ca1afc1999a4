"""What is counted. A column is a query over cases; who brings a new service or table adds one with `add`.

    add(Column("debts", _("Debts open"), lambda at: Debt.objects.filter(paid_at=None), when="since", docket="docket__"))
"""
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Case, DateTimeField, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from ..models import APPLICANT, Decision, Deficiency, Docket
from ..models.case import case_classes

COLUMNS: dict[str, "Column"] = {}
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


def _received(at):
    """Cases that were truly sent; a draft is none."""
    first = _of_case("received", "pk", "kind")
    return Docket.objects.exclude(status="draft").annotate(came=Coalesce(first, "opened_at", output_field=DateTimeField()))


def _first_decisions(at):
    earlier = Decision.objects.filter(docket=OuterRef("docket"), pk__lt=OuterRef("pk"))
    return Decision.objects.filter(~Exists(earlier)).annotate(told=_of_case("told", "docket", "docket__kind"))


def _of_case(name, docket, kind):
    """The field that each service names for this, read from its own row; empty where it names none."""
    named = {model: model.figures[name] for model in case_classes() if name in model.figures}
    rows = [When(**{kind: model._meta.label}, then=Subquery(model.objects.filter(docket=OuterRef(docket)).values(field)[:1]))
            for model, field in named.items()]
    return Case(*rows, default=Value(None), output_field=DateTimeField())


def _overdue(at):
    return Docket.objects.filter(closed_at=None, due_at__lte=at).exclude(queue_role__in=["", APPLICANT])


add(Column("received", _("Received"), _received, "came"))
add(Column("in_time", _("Decided in time"), lambda at: _first_decisions(at).filter(Q(told=None) | Q(at__lte=F("told"))), "at", "docket__",
           good=True))
add(Column("late", _("Decided late"), lambda at: _first_decisions(at).filter(at__gt=F("told")), "at", "docket__", good=False))
add(Column("overdue", _("Overdue now"), _overdue, "due_at", good=False))
add(Column("refused", _("Refused"), lambda at: Decision.objects.filter(outcome="refused"), "at", "docket__"))
add(Column("gaps", _("Documents owed now"), lambda at: Deficiency.objects.filter(state__in=OPEN), "since", "docket__"))
