"""Care outside the home region: what the rules ask. Nothing here does anything."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from xinyijian.casework.rules import Met, Unmet

from .agents import agent_may_file
from .kinds import channel_open, crosses_provinces, referral_sound, settles_directly, stay_known, type_offered
from .parameters import allows_commitment, documents_for, names_of
from .states import LONG
from .waiting import BILL_NOTED, change_stood_long_enough, change_wait_is_over, full_months, not_yet_used, stood, wait_is_over

__all__ = ["BILL_NOTED", "LONG", "channel_open", "change_wait_is_over", "not_yet_used", "settles_directly", "stood", "wait_is_over"]


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rules of a filing may read: plain data, as of one moment."""

    today: date
    asked_on: date  # the day on which she first sent it, or told it on paper while a system was down; today while she has not
    type: str
    by_commitment: bool
    commitment_signed: bool
    promise_signed: bool
    notice_read: bool
    alive: bool
    insured_here: bool
    place: str  # code of the city of care
    home: str  # code of the region that insures
    place_detailed: bool
    contact_complete: bool
    start_on: date | None
    resident_since: date | None
    other_places: tuple  # cities of her other live long-term filings
    same_place_live: bool
    documents: tuple  # kinds that were given
    beneficiary: bool
    through: str  # herself, or the relation, through which she benefits
    breaches: bool
    gap_overdue: bool
    in_force_on: date | None
    channel: str = "portal"  # came later: what is stored without it must stay readable
    for_other: bool = False  # a relative files it online
    stands_in: str = ""  # what binds that relative to her beside a grant: guardian, mutual_aid or nothing
    redo: tuple = ()  # kinds that the bureau asked for again and that have not come anew
    referral_hospital: str = ""
    referral_level: int | None = None
    occasion: str = "planned"  # planned; admitted: the bill is not settled yet; paid: over, and paid in full
    care_hospital: bool = False  # told which
    admitted_on: date | None = None
    discharged_on: date | None = None  # or expected
    used: bool = False  # care was settled with it
    changing: bool = False  # a filing that takes its place was begun
    replaces_in_force_on: date | None = None  # of the filing whose place it takes


def principal_missing(facts, params) -> list[str]:
    """Principal documents (主件) not given; a substitute that the pack accepts counts."""
    return _missing(_papers(facts, params)["principal"], facts)


def secondary_missing(facts, params) -> list[str]:
    """Secondary documents (副件) not given: the closed list that alone may follow later."""
    return _missing(_papers(facts, params)["secondary"], facts)


def _papers(facts, params):
    asked = documents_for(params, facts.type, facts.channel)
    return asked["commitment"] if facts.by_commitment and "commitment" in asked else asked["documents"]


def _missing(papers, facts):
    return [p["code"] for p in papers if not _kinds(p) & set(facts.documents)]


def _kinds(paper):
    return {paper["code"], *paper.get("substitutes", ())}


def only_again(codes, facts, params) -> bool:
    """Whether there are such papers, and all of them were given once and are only asked for again."""
    papers = [paper for part in _papers(facts, params).values() for paper in part if paper["code"] in codes]
    return bool(papers) and all(_kinds(paper) & set(facts.redo) for paper in papers)


def notice_read(facts, params):
    """S3.10: the filing notice was read, and that is recorded; an emergency is only recorded, there is nothing to read first."""
    if facts.notice_read or facts.type == "emergency":
        return Met(_("The filing notice was read"), "S3.10")
    return Unmet("notice_unread", _("The filing notice has not been read"), "S3.10", _("Read the notice and confirm it"))


def person_alive_and_insured(facts, params):
    """S0.6: the agency files for people who are insured with it."""
    if facts.alive and facts.insured_here:
        return Met(_("Insured in this region"), "S0.6")
    return Unmet(
        "not_insured", _("This person is not insured in this region today"), "S0.6", _("Ask the counter which agency is responsible")
    )


def place_is_away(facts, params):
    """S3.12: the place of care lies outside the home city; filings are made to a city."""
    if facts.place and facts.place[:4] != facts.home[:4]:
        return Met(_("The place of care is outside the home city"), "S3.12")
    return Unmet(
        "not_away",
        _("The place of care is missing or lies in your home city"),
        "S3.12",
        _("Choose the city where you live; care at home needs no filing"),
    )


def start_is_sound(facts, params):
    """S3.12: the start is today by default; never in the past and not further ahead than the pack allows.

    For a stay that has begun the past will do: it is covered from its first day, or is over.
    """
    begun = facts.occasion != "planned"
    ahead = (facts.start_on - facts.asked_on).days if facts.start_on else None
    if ahead is not None and (begun or ahead >= 0) and ahead <= params.start_days_ahead:
        return Met(_("The start date is sound"), "S3.12")
    return Unmet("start_unsound", _("The start date lies in the past or too far ahead"), "S3.12", _("Choose today or a day soon"))


def contact_complete(facts, params):
    """S3.11, S3.17: a contact person; for a long stay, and always under a commitment letter, the detailed address there."""
    detailed = params.detailed_address and facts.type in LONG or facts.by_commitment
    if facts.contact_complete and (facts.place_detailed or not detailed):
        return Met(_("Contact and address are complete"), "S3.17")
    return Unmet(
        "contact_incomplete",
        _("The contact person or the detailed address at the place of care is missing"),
        "S3.17",
        _("Give street, house number and a phone that is answered"),
    )


def places_within_limit(facts, params):
    """S3.19: a long-term filing for at most so many cities at once."""
    if facts.type not in LONG or len({facts.place, *facts.other_places}) <= params.max_cities:
        return Met(_("Not more cities than allowed"), "S3.19")
    return Unmet("too_many_cities", _("You already have filings for as many cities as are allowed"), "S3.19", _("Cancel one of them first"))


def place_not_yet_filed(facts, params):
    """S3.12: one live filing per person and city."""
    if not facts.same_place_live:
        return Met(_("No other filing for this city"), "S3.12")
    return Unmet(
        "already_filed", _("There already is a live filing for this city"), "S3.12", _("Look at your cases: nothing more needs to be done")
    )


def commitment_allowed(facts, params):
    """S3.15, S3.20: a commitment letter replaces the proof only where the pack allows it, and never for several cities."""
    if not facts.by_commitment:
        return Met(_("Filed with documents, not by commitment letter"), "S3.16")
    instead = _("Hand in a proof of residence instead")
    if not allows_commitment(params, facts.type, facts.channel):
        return Unmet("commitment_not_allowed", _("A commitment letter is not accepted in this region for this type"), "S3.16", instead)
    if facts.other_places and params.commitment_excludes_many_cities:
        why = _("You already have a filing for another city; a commitment letter cannot be used for a second one")
        return Unmet("commitment_not_allowed", why, "S3.20", instead)
    return Met(_("A commitment letter is allowed here"), "S3.15")


def commitment_signed(facts, params):
    """S3.15, S3.16: the personal commitment letter is signed and states the months of actual residence."""
    if not facts.by_commitment:
        return Met(_("No commitment letter needed"), "S3.16")
    months = full_months(facts.resident_since, facts.today)
    if facts.commitment_signed and months >= params.residence_months:
        return Met(_("The commitment letter is signed; residence is long enough"), "S3.15")
    return Unmet(
        "commitment_lacking",
        _("The commitment letter is not signed, or the residence is shorter than %(months)s months") % {"months": params.residence_months},
        "S3.15",
        _("Sign the letter, or hand in a proof of residence"),
    )


def principal_complete(facts, params):
    """S3.14, S0.27: every principal document is there; these can never follow later."""
    missing = principal_missing(facts, params)
    if not missing:
        return Met(_("All principal documents are there"), "S3.14")
    said = _("To be given again: %(names)s") if only_again(missing, facts, params) else _("Principal documents are missing: %(names)s")
    return Unmet("principal_missing", said % {"names": names_of(missing)}, "S3.14", _("Add them; a phone photo is enough"))


def gap_allowed(facts, params):
    """S0.12, S0.15: secondary documents may follow later for people who enjoy the programme and have promised it in writing."""
    missing = secondary_missing(facts, params)
    if not missing:
        return Met(_("All secondary documents are there"), "S0.15")
    trusted = facts.beneficiary or not params.gap_for_beneficiaries_only
    broken = facts.breaches and params.breach_excludes
    if trusted and facts.promise_signed and not broken:
        return Met(_("May follow later: %(names)s") % {"names": names_of(missing)}, "S0.12")
    names = {"names": names_of(missing)}
    if only_again(missing, facts, params):
        remedy = _("Give it again with a new photo; the bureau's remark says what was wrong")
        return Unmet("gap_not_allowed", _("To be given again: %(names)s") % names, "S0.12", remedy)
    said = _("Missing, and may not follow later: %(names)s") % names
    return Unmet("gap_not_allowed", said, "S0.12", _why_no_gap(facts, trusted, broken))


def _why_no_gap(facts, trusted, broken):
    if broken:
        return _("An earlier promise was not kept: hand in the documents now; after that you may promise again")
    if not trusted:
        return _("Only people with excellent credit and their close family may hand in later: add the documents now")
    return _("Sign the promise to hand them in, or add them now")


def filed_at_hospitals(params):
    """S3.31: whether the region lets a hospital's insurance office file for a patient who is present."""
    if params.hospitals_file:
        return Met(_("Hospitals may file here"), "S3.31")
    return Unmet(
        "not_at_hospitals",
        _("The region where this person is insured does not let hospitals file"),
        "S3.31",
        _("Let the person file on the phone, or send the family to the counter of the home region"),
    )


def gap_is_overdue(facts, params):
    """S0.80: only an overdue gap lets a filing lapse."""
    if facts.gap_overdue:
        return Met(_("The promised document is overdue"), "S0.80")
    return Unmet("gap_not_overdue", _("Nothing is overdue on this filing"), "S0.80", _("Wait for the due date"))


FORMAL = (notice_read, person_alive_and_insured, agent_may_file, channel_open, type_offered, crosses_provinces, place_is_away,
          start_is_sound, stay_known, referral_sound, contact_complete, commitment_signed)
ALL = (*FORMAL, places_within_limit, place_not_yet_filed, change_stood_long_enough, commitment_allowed, principal_complete, gap_allowed)
