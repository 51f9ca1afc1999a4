"""How long a filing has to stand before it is changed or cancelled, and what was used in a settlement; rules over facts."""
from django.utils.translation import gettext_lazy as _

from xinyijian.casework.rules import Met, Unmet

from .states import LONG


def full_months(since, today) -> int:
    """Whole months between two days; 0 without a first one."""
    if since is None:
        return 0
    return (today.year - since.year) * 12 + today.month - since.month - (today.day < since.day)


def stood(type, in_force_on, today, least) -> bool:
    """Whether so many months have passed since a long-term filing came into force; a temporary one need not wait."""
    return type not in LONG or full_months(in_force_on, today) >= least


def wait_is_over(facts, params):
    """domain §2: a province may ask that a long-term filing stands some months before it is cancelled."""
    if stood(facts.type, facts.in_force_on, facts.today, params.cancel_wait_months):
        return Met(_("The filing has stood long enough to be cancelled"), "S3.2")
    return Unmet(
        "too_early_to_cancel",
        _("A filing may be cancelled after %(months)s months") % {"months": params.cancel_wait_months},
        "S3.2",
        _("If you have moved back, ask the counter: it can end the filing with a reason"),
    )


def change_wait_is_over(facts, params):
    """domain §2: a province may ask that a long-term filing stands some months before its city is changed."""
    if facts.changing:
        why = _("A filing that takes the place of this one was begun already")
        return Unmet("change_begun", why, "S3.2", _("Go on with it: it stands among your cases"))
    if stood(facts.type, facts.in_force_on, facts.today, params.change_wait_months):
        return Met(_("The filing has stood long enough to be changed"), "S3.2")
    return Unmet(
        "too_early_to_change",
        _("The city of a long-term filing may be changed after %(months)s months") % {"months": params.change_wait_months},
        "S3.2",
        _("Another city can be filed beside this one, up to the number that the region allows"),
    )


def not_yet_used(facts, params):
    """domain §2: what was used in a direct settlement can no longer be taken back, only ended."""
    if not facts.used:
        return Met(_("Nothing was settled with this filing yet"), "S3.2")
    why = _("Care was settled with this filing, so it cannot be cancelled as if it had never been")
    return Unmet("used_already", why, "S3.2", _("End the filing instead: what was settled stays settled"))


BILL_NOTED = Unmet("bill_noted", _("This bill was noted with the filing already"), "S2.25", _("Nothing more needs to be done"))


def change_stood_long_enough(facts, params):
    """domain §2: also when the new filing is sent, the old one has stood as long as the pack asks."""
    since = facts.replaces_in_force_on
    if since is None or stood(facts.type, since, facts.today, params.change_wait_months):
        return Met(_("No waiting time stands in the way"), "S3.2")
    said = _("The city of a long-term filing may be changed after %(months)s months") % {"months": params.change_wait_months}
    return Unmet("too_early_to_change", said, "S3.2", _("Wait until then, or ask the counter"))
