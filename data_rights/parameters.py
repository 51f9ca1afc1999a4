"""What a region decides about the rights over one's data. Values: fixtures/policies/<region>.yaml."""

from django.utils.translation import gettext_lazy as _

from xinyijian.people.corrections import LABELS
from xinyijian.policies import Parameter, declare

EVIDENCE = "evidence"  # the one kind of paper of a correction
WORKING_DAYS = _("working days")


def _term(name, text, basis):
    return Parameter(name, int, unit=WORKING_DAYS, basis=basis, text=text, least=1, most=60)


declare(
    "data_rights",
    _term("correction_working_days", _("A request for correction is decided within"), "PIPL-46"),
    _term("review_working_days", _("A person answers a request for review within"), "PIPL-24"),
    Parameter("evidence_for", list, basis="PIPL-46", text=_("A paper must show what is corrected"), choices=LABELS),
)
