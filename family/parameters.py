"""What a region decides about family links, acting for others and the credit grade. Values: fixtures/policies/<region>.yaml."""
from django.utils.translation import gettext_lazy as _

from xinyijian.policies import Parameter, declare

from .papers import shape, tell

ASKS, DAYS, HOURS, MONTHS, READINGS = _("requests"), _("days"), _("hours"), _("months"), _("readings")
WORKING_DAYS, YEARS = _("working days"), _("years")


def _count(name, unit, basis, text, least, most):
    return Parameter(name, int, unit=unit, basis=basis, text=text, least=least, most=most)


declare(
    "family",
    Parameter("proofs", dict, basis="S0.3", text=_("Proofs of kinship, any one of them"), shape=shape, tell=tell),
    _count("consent_days", DAYS, "S0.3", _("The other person agrees within"), 1, 180),
    _count("decide_working_days", WORKING_DAYS, "S0.3", _("The agency checks a family link within"), 1, 60),
    _count("correct_working_days", WORKING_DAYS, "S0.3", _("The applicant corrects what was returned within"), 1, 60),
    _count("review_working_days", WORKING_DAYS, "S0.3", _("A link is looked at again after the child comes of age within"), 1, 250),
    _count("asks_per_day", ASKS, "S2.17", _("Family links that one person may ask for in 24 hours"), 1, 50),
    _count("separate_consent_under", YEARS, "PIPL-31", _("A guardian's separate consent for children under"), 1, 18),
    _count("grant_months", MONTHS, "S2.16", _("A permission to act for somebody lasts at most"), 1, 120),
    _count("readings_per_day", READINGS, "S0.10", _("A person's credit grade is read in 24 hours at most"), 1, 50),
    _count("reread_hours", HOURS, "S0.10", _("A credit grade that runs out soon is read again by itself at most every"), 1, 720),
    _count("read_ahead_days", DAYS, "S0.10", _("A credit grade is read again before it runs out"), 1, 180),
)
