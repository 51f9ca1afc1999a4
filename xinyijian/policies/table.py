"""Values in force as rows of a table for people."""
from dataclasses import dataclass
from datetime import date

from django.apps import apps

from .models import Value
from .parameters import DECLARED, TITLES, Parameter
from .params import Source, current_book, params_for

KINDS = {"sourced": "done", "assumed": "waiting", "unverified": "warning"}  # of components/status.html


@dataclass(frozen=True)
class Row:
    """One parameter with its value in words."""

    parameter: Parameter
    words: str
    source: Source
    value: Value

    @property
    def unit(self) -> str:
        """The unit, where there is something to count."""
        return "" if self.value.content is None else self.parameter.unit

    @property
    def kind(self) -> str:
        return KINDS[self.source.grade]


def rows_in_force(region: str, on: date) -> dict[str, list[Row]]:
    """The rows of each service that is complete in that region on that day."""
    return {_title(service): rows for service in sorted(DECLARED) if (rows := _rows(service, region, on))}


def _title(service):
    known = apps.app_configs.get(service)
    return known.verbose_name if known else TITLES.get(service, service)


def _rows(service, region, on):
    try:
        params = params_for(service, region, on)
    except LookupError:
        return []
    return [Row(p, p.in_words(getattr(params, p.name)), params.source(p.name), current_book().row(service, p.name, region, on))
            for p in DECLARED[service].values()]
