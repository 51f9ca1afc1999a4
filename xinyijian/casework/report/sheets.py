"""The report as tables: by service, by place, by month, and why cases were refused; the same for the page and for the file."""
from dataclasses import dataclass
from importlib import import_module

from django.utils.translation import gettext as _

from .. import words
from .columns import COLUMNS
from .hiding import hidden, shown


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure as it is shown; `count` is None where it is hidden."""

    text: str
    count: int | None
    url: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: name, heads, rows of (word, cells), and the totals."""

    name: str
    title: str
    heads: list
    rows: list
    totals: list


def sheets_of(figures, span) -> list[Sheet]:
    """Service, place, month."""
    parts = (("kind", _("By service"), words.title), ("region", _("By place"), lambda code: str(figures.regions[code])),
             ("month", _("By month"), lambda month: f"{month:%Y-%m}"))
    return [_sheet(name, title, part, word, figures, span) for part, (name, title, word) in enumerate(parts)]


def reasons_of(figures) -> list[tuple]:
    """[(service, reason, figure as shown)], the most frequent first."""
    counts = {(kind, code): count for kind, code, count in figures.reasons}
    hide = hidden(counts, figures.least)
    return [(words.title(kind), reason_name(kind, code), shown(count, figures.least, (kind, code) in hide))
            for (kind, code), count in counts.items()]


def reason_name(kind, code) -> str:
    """A reason in words: what a clerk ticks, or what the service calls a rule that is not met."""
    said, forms = words.of_service(kind), import_module(f"{kind.partition('.')[0]}.forms")
    ticked = getattr(getattr(forms, "RefuseForm", None), "REASONS", {})
    return str(ticked[code][0] if code in ticked else getattr(said, "UNMET", {}).get(code, code.replace("_", " ")))


def _sheet(name, title, part, word, figures, span):
    found, totals = figures.by(part), figures.totals()
    hide = {column: hidden({key: counts[column] for key, counts in found.items()}, figures.least) for column in COLUMNS}
    rows = [(word(key), [_cell(name, key, column, counts[column], figures.least, key in hide[column], span) for column in COLUMNS])
            for key, counts in found.items()]
    sums = [_cell("", "", column, totals[column], figures.least, 0 < totals[column] < figures.least, span) for column in COLUMNS]
    return Sheet(name, title, [str(column.label) for column in COLUMNS.values()], rows, sums)


def _cell(name, key, column, count, least, hide, span):
    part = f"{name}={key:%Y-%m}" if name == "month" else f"{name}={key}" if name else ""
    url = f"?figure={column}&from={span.since:%Y-%m}&to={_last(span)}&{part}#list" if count else ""
    return Cell(shown(count, least, hide), None if hide else count, url)


def _last(span):
    year, month = (span.until.year, span.until.month - 1) if span.until.month > 1 else (span.until.year - 1, 12)
    return f"{year}-{month:02}"
