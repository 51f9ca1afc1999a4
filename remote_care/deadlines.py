"""What falls due on a filing, and for whom. Pure: its own fields and policy."""
from xinyijian.casework.days import end_of, local
from xinyijian.casework.legal_time import Term, working_days
from xinyijian.casework.models import APPLICANT, Due


def of_filing(filing, facts, params) -> list[Due]:
    """The dues of the present state; see the functions below."""
    found = _BY_STATUS.get(filing.status)
    return found(filing, params) if found else []


def decision_term(filing, params) -> Term:
    """Until when the agency decides; never later than it told the applicant."""
    return working_days(filing.submitted_at, params.decide_working_days, params.calendar).never_after(filing.decide_told)


def _submitted(filing, params):
    return [Due("decide", decision_term(filing, params), role="clerk")]


def _returned(filing, params):
    """The hospital that filed it for her mends it and sends it again; she may do so herself as well."""
    term = working_days(filing.returned_at, params.correct_working_days, params.calendar)
    hospital = [Due("correct", term, role="insurance_office")] if filing.channel == "hospital" and filing.organisation_id else []
    return [*hospital, Due("correct", term, role=APPLICANT)]


def _accepted(filing, params):
    number = Due("enter_number", working_days(filing.accepted_at, params.number_working_days, params.calendar), role="clerk")
    return [number, *_given(filing, params), *_promised(filing, params)]


def _in_force(filing, params):
    dues = _given(filing, params)
    if filing.owed and filing.gap_overdue_at:
        dues.append(Due("decide_overdue", working_days(filing.gap_overdue_at, params.decide_working_days, params.calendar), role="officer"))
    elif filing.owed:
        dues += _owed(filing, params)
    there = filing.care_organisation_id is not None and filing.care_organisation_id == filing.organisation_id
    if there and filing.occasion == "admitted" and filing.discharge_at and not filing.used_at:
        dues.append(Due("settle", Term(local(filing.discharge_at)), role="insurance_office"))
    if filing.end_on:
        dues.append(Due("end", Term(end_of(filing.end_on)), verb="end"))
    return dues


def _over(filing, params):
    dues = _given(filing, params)
    if filing.cancel_refused_at:
        term = working_days(filing.cancel_refused_at, params.number_working_days, params.calendar)
        dues.append(Due("confirm_cancelled", term, role="clerk"))
    return dues


def _given(filing, params):
    if not filing.given:
        return []
    return [Due("verify", working_days(filing.given_at, params.verify_working_days, params.calendar), role="clerk")]


def _promised(filing, params):
    return [Due("supplement", filing.gap_term(params), role=APPLICANT)] if filing.owed else []


def _owed(filing, params):
    term = filing.gap_term(params)
    overdue = "lapse" if params.gap_overdue_effect == "end" else "mark_overdue"
    dues = [*_promised(filing, params), Due("overdue", term, verb=overdue)]
    if not filing.gap_reminded_at:
        dues.append(Due("remind", term.earlier(days=params.remind_days_before), verb="remind_gap"))
    return dues


_BY_STATUS = {"submitted": _submitted, "returned": _returned, "accepted": _accepted, "in_force": _in_force, "lapsed": _over,
              "cancelled": _over, "ended": _over}
