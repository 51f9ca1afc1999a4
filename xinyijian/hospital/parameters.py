"""What a region decides about its hospitals' desks. Values: fixtures/policies/<region>.yaml."""
from django.utils.translation import gettext_lazy as _

from xinyijian.policies import Parameter, declare

WITHIN = {"county": _("the same county"), "city": _("the same city"), "province": _("the same province")}


def declare_all():
    """Whom a hospital may look up, and how late a sheet of paper may be entered."""
    declare(
        "hospital",
        Parameter("check_within", str, basis="S0.7", text=_("A hospital looks up people who are insured in"), choices=WITHIN),
        Parameter("late_entry_days", int, unit=_("days"), basis="S0.7", least=1, most=60,
                  text=_("What was written on paper while a system was down is entered within")),
    )
