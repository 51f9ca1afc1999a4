"""Which buttons make sense just now; the rules decide, this only keeps pages calm."""
from xinyijian.casework.days import day_of

from . import policy


def offers(filing, verb, at) -> bool:
    """Buttons about gaps only while there is one; once it was used it is ended, not cancelled; the city of a long filing changes."""
    since, params, today = filing.in_force_at and day_of(filing.in_force_at), filing.params(), day_of(at)
    waited, used = policy.stood(filing.type, since, today, params.cancel_wait_months), filing.used_at is not None
    given, overdue = bool(filing.given), bool(filing.gap_overdue_at and filing.owed)
    sense = {
        "cancel": waited and not used, "finish": waited and used, "end_early": not waited, "note_use": not used,
        "change": filing.type in policy.LONG and policy.stood(filing.type, since, today, params.change_wait_months),
        "give_missing": bool(filing.owed), "verify_gap": given, "reject_gap": given, "lapse": overdue, "extend_gap": overdue,
        "confirm_cancelled": bool(filing.cancel_refused_at)}
    return sense.get(verb, True)
