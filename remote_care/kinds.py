"""What the type and the channel of a filing ask beside papers; rules over facts."""
from django.utils.translation import gettext_lazy as _

from xinyijian.casework.rules import Met, Unmet

from .states import Channel, Occasion, Type


def type_offered(facts, params):
    """S3.12, S3.6: one of the types that the region offers; an emergency is only recorded, after it was."""
    if facts.type == Type.EMERGENCY:
        return _emergency(facts, params)
    if facts.type in params.types:
        return Met(_("The type is one of those to choose from"), "S3.12")
    return Unmet("type_missing", _("The type of the filing has not been chosen"), "S3.12", _("Choose what fits your stay"))


def _emergency(facts, params):
    if not params.emergency_deemed_filed:
        why = _("In this region an emergency does not count as filed by itself")
        return Unmet("type_missing", why, "S3.6", _("Choose another type; the counter helps"))
    if facts.occasion != Occasion.PLANNED:
        return Met(_("The emergency counts as filed; it is only recorded"), "S3.6")
    why = _("An emergency needs no filing: go to the nearest hospital")
    return Unmet("emergency_is_filed", why, "S3.6", _("Come back afterwards only if the hospital did not settle directly"))


def channel_open(facts, params):
    """S3.31, S2.23, S2.24: the region takes filings by this channel."""
    if facts.channel in params.channels or facts.channel == Channel.HOSPITAL and params.hospitals_file:
        return Met(_("The region takes filings this way"), "S3.31")
    why = _("The region where this person is insured does not take filings this way")
    return Unmet("channel_closed", why, "S3.31", _("File online or at the county counter"))


def crosses_provinces(facts, params):
    """S3.25: the national platform serves stays in another province only."""
    if facts.channel != Channel.NATIONAL or facts.place[:2] != facts.home[:2]:
        return Met(_("This entry serves that city"), "S3.25")
    why = _("The national entry serves stays in another province only")
    return Unmet("same_province", why, "S3.25", _("For a city of your own province file with the provincial entry"))


def referral_sound(facts, params):
    """S3.21: a hospital of the home region, of the level that the pack asks for, fills in and stamps the form."""
    if facts.type != Type.REFERRED:
        return Met(_("No referral needed"), "S3.21")
    if facts.referral_hospital and (facts.referral_level or 0) >= params.referral_hospital_level:
        return Met(_("The referring hospital may refer"), "S3.21")
    why = _("The referring hospital is missing, or is below level %(level)s") % {"level": params.referral_hospital_level}
    return Unmet("referral_unsound", why, "S3.21", _("Let a designated hospital of that level at home fill in and stamp the form"))


def stay_known(facts, params):
    """S0.13, S0.14: for care that has begun already, which hospital and since when; what is over has a last day."""
    if facts.occasion == Occasion.PLANNED:
        return Met(_("Care there is still to come"), "S0.14")
    over = facts.occasion != Occasion.PAID or facts.discharged_on and facts.admitted_on and facts.admitted_on <= facts.discharged_on
    if facts.care_hospital and facts.admitted_on and facts.admitted_on <= facts.asked_on and over and _is_past(facts):
        return Met(_("Hospital and days of the stay are known"), "S0.14")
    why = _("The hospital there, or a day of the stay, is missing or does not fit")
    return Unmet("stay_incomplete", why, "S0.14", _("Write which hospital, and from when (and until when) the stay was"))


def _is_past(facts):
    return facts.occasion != Occasion.PAID or facts.discharged_on <= facts.today


def settles_directly(facts) -> bool:
    """S0.18: filed before the bill was settled, the hospital settles directly; what was paid in full is reimbursed at home."""
    return facts.occasion != Occasion.PAID
