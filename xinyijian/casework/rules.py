"""A rule is a pure question over plain data: rule(facts, params) -> Met | Unmet."""
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Met:
    """The rule is kept; `basis` is the requirement or document that asks for it."""

    text: str
    basis: str = ""
    ok = True


@dataclass(frozen=True, slots=True)
class Unmet:
    """What is lacking, why (basis), and what to do about it (remedy)."""

    code: str
    text: str
    basis: str = ""
    remedy: str = ""
    ok = False


class Refused(Exception):
    """The business says no. Carries every reason, never only the first."""

    def __init__(self, unmet: list[Unmet]):
        self.unmet = unmet
        super().__init__("; ".join(str(u.text) for u in unmet))


WRONG_STATE = Unmet("wrong_state", _("This cannot be done in the present state"), remedy=_("Look at the case again: somebody was faster"))
NOT_DUE = Unmet("not_due", _("Not due yet, or no longer"))
NOT_YOURS = Unmet("not_yours", _("This step is not yours to take"), remedy=_("Hand the case to somebody whose step it is"))
FOUR_EYES = Unmet("four_eyes", _("You opened this case yourself, or sent it, or it is your own"), remedy=_("Ask a colleague to decide it"))
FOUR_EYES_GIVEN = Unmet("four_eyes", _("You handed in this document yourself"), remedy=_("Ask a colleague to decide it"))


def answers(rules, facts, params) -> list:
    """[(rule, Met | Unmet), …] in the order in which the rules are declared."""
    return [(rule, rule(facts, params)) for rule in rules]


def unmet_among(rules, facts, params) -> list[Unmet]:
    """Every rule that says no."""
    return [a for _rule, a in answers(rules, facts, params) if not a.ok]
