"""What a region decides about care outside the home region. Values: fixtures/policies/<region>.yaml."""
from django.utils.translation import gettext_lazy as _

from xinyijian.policies import Parameter, declare

from .papers import name_of, names_of, shape, tell

__all__ = ["DOCUMENTS_OF", "documents_for", "name_of", "names_of"]
CITIES, DAYS, MONTHS, WORKING_DAYS = _("cities"), _("days"), _("months"), _("working days")
CHANNELS = {
    "portal": _("online"), "counter": _("county counter"), "township": _("township counter"), "village": _("village point"),
    "kiosk": _("self-service machine"), "hospital": _("hospital insurance office"), "national_app": _("national app"),
}
# Five types to choose from; the sixth, emergency, is deemed filed and never asked for (S3.6).
DOCUMENTS_OF = {
    "long_residence": "documents", "settled_retiree": "documents_settled_retiree", "posted_worker": "documents_posted_worker",
    "referred": "documents_referred", "other_temporary": "documents_other_temporary"}


def documents_for(params, type: str, channel: str = "portal") -> dict:
    """What a type asks for by a channel, in the shape of papers.shape; S3.22 and S3.28 differ by channel."""
    by_channel = f"{DOCUMENTS_OF[type]}_{channel}"
    return getattr(params, by_channel, None) or getattr(params, DOCUMENTS_OF[type])


def _papers(name, basis, text):
    return Parameter(name, dict, basis=basis, text=text, shape=shape, tell=tell)


def _count(name, unit, basis, text, least, most, **more):
    return Parameter(name, int, unit=unit, basis=basis, text=text, least=least, most=most, **more)


declare(
    "remote_care",
    _papers("documents", "S3.14", _("Documents for living elsewhere for long")),
    _papers("documents_settled_retiree", "S3.13", _("Documents of retired people who settled elsewhere")),
    _papers("documents_posted_worker", "S3.18", _("Documents of people posted elsewhere by their employer")),
    _papers("documents_referred", "S3.21", _("Documents after a referral")),
    _papers("documents_other_temporary", "S3.22", _("Documents for other temporary stays")),
    _papers("documents_other_temporary_national_app", "S3.28", _("Documents for other temporary stays, by the national app")),
    Parameter("commitment_allowed", bool, basis="S3.15", text=_("A commitment letter may stand for the proof of residence")),
    Parameter("commitment_excludes_many_cities", bool, basis="S3.20", text=_("No commitment letter for more than one city")),
    _count("residence_months", MONTHS, "S3.15", _("Actual residence that a commitment letter states"), 1, 24),
    Parameter("detailed_address", bool, basis="S3.17", text=_("The detailed address at the place of care is asked for")),
    _count("max_cities", CITIES, "S3.19", _("Cities at the same time"), 1, 9),
    _count("start_days_ahead", DAYS, "S3.12", _("The start may lie ahead by"), 0, 366),
    Parameter("agents", str, basis="S3.9", text=_("Who may file for somebody else"), choices={
        "grant": _("whoever she has authorised"), "mutual_aid": _("members of the family mutual-aid group")}),
    Parameter("channels", list, basis="S3.31", text=_("Ways to file"), choices=CHANNELS),
    Parameter("hospitals_file", bool, basis="S3.31", text=_("A hospital's insurance office files for patients who are present")),
    Parameter("notice_version", str, basis="S3.10", text=_("Filing notice that is read first")),
    _count("decide_working_days", WORKING_DAYS, "S3.32", _("The agency decides within"), 1, 60),
    _count("correct_working_days", WORKING_DAYS, "S3.24", _("The applicant corrects what was returned within"), 1, 60),
    _count("number_working_days", WORKING_DAYS, "S3.24", _("A number is there after acceptance within"), 1, 60),
    _count("verify_working_days", WORKING_DAYS, "S0.80", _("A document handed in later is checked within"), 1, 60),
    _count("supplement_working_days", WORKING_DAYS, "S0.80", _("Missing documents follow within"), 1, 250),
    _count("remind_days_before", DAYS, "S0.80", _("Reminder before that day"), 1, 60),
    Parameter("gap_overdue_effect", str, basis="S0.80", text=_("When they do not follow"), choices={
        "end": _("the filing ends"), "officer": _("an officer decides")}),
    Parameter("gap_for_beneficiaries_only", bool, basis="S0.4", text=_("Only beneficiaries of the programme may hand in later")),
    Parameter("breach_excludes", bool, basis="S0.80", text=_("A broken promise that is not repaired excludes from handing in later")),
    _count("change_wait_months", MONTHS, "S3.2", _("A long-term filing may be changed after"), 0, 6),
    _count("cancel_wait_months", MONTHS, "S3.2", _("A long-term filing may be cancelled after"), 0, 6),
    _count("long_term_months", MONTHS, "S3.1", _("A long-term filing lasts"), 1, 120, optional=True),
    _count("temporary_months", MONTHS, "S3.1", _("A temporary filing lasts"), 1, 24),
    Parameter("number_source", str, basis="S3.30", text=_("Who gives the filing number"), choices={
        "platform": _("the insurance platform"), "office": _("the agency, from the core system")}),
    Parameter("emergency_deemed_filed", bool, basis="S3.6", text=_("Emergency care counts as filed")),
    Parameter("referral_hospital_level", int, basis="S3.21", text=_("Lowest hospital level that may refer"), least=1, most=3),
)
