"""What care elsewhere is paid at, filed and unfiled, as shares of what is paid at home; each with the grade of its source (S2.26)."""
from dataclasses import dataclass

from django.utils.translation import gettext

from .parameters import ratio_of
from .states import Type


@dataclass(frozen=True)
class Share:
    """Percent of what is paid at home; None where no rule was found. `sure`: the value is sourced."""

    percent: int | None
    sure: bool

    def __str__(self):
        if self.percent is None:
            return gettext("no local rule was found; ask the counter")
        less = gettext("%(percent)s %% of what is paid at home") % {"percent": self.percent}
        words = gettext("as at home") if self.percent == 100 else less
        return words if self.sure else gettext("%(share)s (to be confirmed)") % {"share": words}


@dataclass(frozen=True)
class Entitlement:
    """One type's shares."""

    type: Type
    filed: Share
    unfiled: Share


def of_type(params, type, insutype) -> Entitlement:
    """The shares of one type in the scheme of an employee (310) or a resident (390); for any other scheme nobody says."""
    return Entitlement(Type(type), _share(params, type, insutype, True), _share(params, type, insutype, False))


def all_of(params, insutype) -> list[Entitlement]:
    """Of every type, emergency included."""
    return [of_type(params, type, insutype) for type in Type]


def _share(params, type, insutype, filed):
    value, source = ratio_of(params, type, insutype, filed=filed)
    return Share(None if value is None else int(value * 100), source is not None and source.grade == "sourced")
