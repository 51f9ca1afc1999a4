"""What falls due on a family link, and for whom. Pure: its own fields, facts and policy."""
from xinyijian.casework.days import end_of, start_of
from xinyijian.casework.legal_time import Term, days, working_days
from xinyijian.casework.models import APPLICANT, Due


def of_link(link, facts, params) -> list[Due]:
    """The dues of the present state; see the functions below."""
    found = _BY_STATUS.get(link.status)
    return found(link, facts, params) if found else []


def _asked(link, facts, params):
    agreed = link.both_agreed_at
    if agreed:
        return [Due("decide", working_days(agreed, params.decide_working_days, params.calendar), role="clerk")]
    return [Due("consent", days(link.sent_at, params.consent_days), verb="expire")]


def _returned(link, facts, params):
    return [Due("correct", working_days(link.returned_at, params.correct_working_days, params.calendar), role=APPLICANT)]


def _in_force(link, facts, params):
    dues = _death(facts)
    if link.comes_of_age_on:
        dues.append(Due("majority", Term(start_of(link.comes_of_age_on)), verb="review"))
    return dues


def _review(link, facts, params):
    return [*_death(facts), Due("confirm", working_days(link.review_since, params.review_working_days, params.calendar), role="clerk")]


def _death(facts):
    """A link ends with the day of the first death."""
    return [Due("death", Term(end_of(facts.ends_with)), verb="end_by_death")] if facts and facts.ends_with else []


_BY_STATUS = {"asked": _asked, "returned": _returned, "in_force": _in_force, "review": _review}
