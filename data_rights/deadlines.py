"""What falls due on a request, and for whom. Pure: its own fields and policy."""

from xinyijian.casework.legal_time import Term, working_days
from xinyijian.casework.models import Due


def of_request(case, facts, params) -> list[Due]:
    """While it waits: the decision, by the role that decides."""
    return [Due("decide", decision_term(case, params), role=case.decider)] if case.status == "submitted" else []


def decision_term(case, params) -> Term:
    """Until when it is answered; never later than was told."""
    return working_days(case.submitted_at, getattr(params, case.term), params.calendar).never_after(case.decide_told)
