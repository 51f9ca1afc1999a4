"""What staff may do for somebody: only with a filing that came over the counter."""

from .states import COUNTERS, Channel

APPLICANTS = ("submit", "withdraw")  # hers, unless she stood at the counter


def admits(filing, verb, user) -> bool:
    """Staff send and withdraw what came over the counter; what was filed online stays the applicant's own."""
    hers = verb in APPLICANTS and getattr(user, "is_staff", False)
    return not hers or filing.channel in (*COUNTERS, Channel.HOSPITAL) or filing.opened_by.is_staff
