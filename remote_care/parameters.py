"""What a region decides about care outside the home region. Values: fixtures/policies/<region>.yaml."""
from decimal import Decimal

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from xinyijian.policies import Parameter, declare

from .papers import name_of, names_of, shape, tell
from .states import CHOSEN, Channel, Type, profile_of

__all__ = ["DOCUMENTS_OF", "documents_for", "name_of", "names_of"]
CITIES, DAYS, MONTHS, WORKING_DAYS = _("cities"), _("days"), _("months"), _("working days")
OF_HOME = _("of what is paid at home")
SCHEMES = {"310": "employees", "390": "residents", "391": "residents"}  # by insutype
SCHEME_WORDS = {"employees": _("employees"), "residents": _("residents")}
STEPS = {  # pages of the form that a region puts in order
    "notice": _("filing notice"), "type": _("type"), "care": _("care already begun"), "where": _("city and first day"),
    "stay": _("stay in hospital"), "basis": _("proof or letter"), "referral": _("referral"), "papers": _("papers"),
    "contact": _("contact person"), "sign": _("signature"),
}
NOTHING = {"documents": {"principal": [], "secondary": []}}  # S3.6: an emergency is asked for nothing; nor what has no type yet
# Five types to choose from; the sixth, emergency, is deemed filed and never asked for (S3.6).
DOCUMENTS_OF = {
    "long_residence": "documents", "settled_retiree": "documents_settled_retiree", "posted_worker": "documents_posted_worker",
    "referred": "documents_referred", "other_temporary": "documents_other_temporary"}


def documents_for(params, type: str, channel: str = "portal") -> dict:
    """What a type asks for by a channel, in the shape of papers.shape; S3.22 and S3.28 differ by channel."""
    if type not in DOCUMENTS_OF:
        return NOTHING
    by_channel = f"{DOCUMENTS_OF[type]}_{channel}"
    return getattr(params, by_channel, None) or getattr(params, DOCUMENTS_OF[type])


def allows_commitment(params, type: str, channel: str = "portal") -> bool:
    """S3.16: whether this type may be filed with a letter; the pack says so by naming papers for it."""
    return params.commitment_allowed and "commitment" in documents_for(params, type, channel)


def steps_for(params, channel: str) -> tuple:
    """S3.10, S3.29: the pages in the order of the channel's profile; what the pack does not name comes last."""
    named = getattr(params, f"steps_{profile_of(channel)}")
    return (*named, *(step for step in STEPS if step not in named))


def ratio_of(params, type: str, insutype: str, *, filed: bool) -> tuple:
    """(share of what would be paid at home or None where nobody could say, its Source) for a type and a scheme; (None, None) for others."""
    if insutype not in SCHEMES:
        return None, None
    name = _name(type, filed, SCHEMES[insutype])
    return getattr(params, name), params.source(name)


def _name(type, filed, scheme):
    return f"{'filed' if filed else 'unfiled'}_ratio_{type}{'' if scheme == 'employees' else f'_{scheme}'}"


def _papers(name, basis, text):
    return Parameter(name, dict, basis=basis, text=text, shape=shape, tell=tell)


def _count(name, unit, basis, text, least, most, **more):
    return Parameter(name, int, unit=unit, basis=basis, text=text, least=least, most=most, **more)


def _ratio(type, filed, scheme):
    text = _("Paid after filing: {type}, {scheme}") if filed else _("Paid without filing: {type}, {scheme}")
    said = format_lazy(text, type=type.label, scheme=SCHEME_WORDS[scheme])
    return Parameter(_name(type.value, filed, scheme), Decimal, unit=OF_HOME, basis="S2.26", text=said, least=0, most=1, optional=True)


def _steps(profile, basis, text):
    return Parameter(f"steps_{profile}", list, basis=basis, text=text, choices=STEPS)


declare(
    "remote_care",
    Parameter("types", list, basis="S3.12", text=_("Types to choose from"), choices={one.value: one.label for one in CHOSEN}),
    _steps("provincial", "S3.11", _("Steps of the form")),
    _steps("national", "S3.29", _("Steps of the form on the national platform")),
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
    Parameter("channels", list, basis="S3.31", text=_("Ways to file"), choices=dict(Channel.choices)),
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
declare("remote_care", *(_ratio(type, filed, scheme) for scheme in SCHEME_WORDS for filed in (True, False) for type in Type))
