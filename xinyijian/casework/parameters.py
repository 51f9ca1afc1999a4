"""What a region decides about messages to people. Values: fixtures/policies/<region>.yaml."""
from django.utils.translation import gettext_lazy as _

from xinyijian.policies import Parameter, declare

from .models.notice import Channel
from .paper_terms import shape, tell

OCLOCK = _("o'clock")

declare(
    "casework",
    Parameter("ladder", list, text=_("Ways by which a message is tried, one after the other"), choices=dict(Channel.choices)),
    Parameter("quiet_from", int, unit=OCLOCK, text=_("No messages are sent from"), least=0, most=23),
    Parameter("quiet_until", int, unit=OCLOCK, text=_("Messages are sent again from"), least=0, most=23),
    Parameter("urgent_notices", list, text=_("Messages that are sent at any hour")),
    Parameter("retry_minutes", list, of=int, unit=_("minutes"), text=_("Pauses before a message is tried again on the same way"), least=1),
    Parameter("receipt_hours", int, unit=_("hours"), text=_("Without a receipt the next way is tried after"), least=1, most=168),
    Parameter("late_hours", int, unit=_("hours"), text=_("Staff are told of a message that was not sent after"), least=1, most=168),
    Parameter("breach_months", int, unit=_("months"), text=_("A broken promise counts, if it is not mended, for"), least=1, most=120,
              optional=True),
    Parameter("papers_valid_months", dict, text=_("A paper that was given before may be used again for"), shape=shape, tell=tell),
    Parameter("small_cell", int, unit=_("cases"), text=_("Figures below this are hidden in reports"), least=1, most=20),
    Parameter("bulk_most", int, unit=_("cases"), text=_("Cases on which one step may be pressed at once"), least=1, most=100),
    Parameter("stand_in_days", int, unit=_("days"), text=_("Longest time for which a colleague may stand in"), least=1, most=366),
    Parameter("calls_before_letter", int, unit=_("calls"), text=_("Calls in vain before a letter is posted"), least=1, most=9),
)
