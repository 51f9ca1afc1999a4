"""Rights over one's data: what the rules ask. Nothing here does anything."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from xinyijian.casework.rules import Met, Unmet


@dataclass(frozen=True, slots=True)
class CorrectionFacts:
    """What the rules of a correction may read: never the values themselves, because a decision is kept in clear."""

    field: str
    differs: bool  # what is asked for is not what is kept
    evidence: bool  # a paper was given


@dataclass(frozen=True, slots=True)
class ReviewFacts:
    """What an officer has before her: about what, and how it stood when the review was asked for."""

    about: str  # standing or case
    number: str  # of the case; "" for standing
    stood: str  # its state, or the standing in words, when the review was asked for
    because_given: bool


@dataclass(frozen=True, slots=True)
class ReopeningFacts:
    """Whose account it is that shall be open again."""

    closed_by_herself: bool
    alive: bool
    of_age: bool  # as old as her region asks


def value_differs(facts, params):
    """domain §8, Personal Information Protection Law art. 46: there is something to correct."""
    if facts.differs:
        return Met(_("What is asked for differs from what is kept"), "PIPL-46")
    return Unmet(
        "nothing_to_correct",
        _("What is asked for is already what we keep"),
        "PIPL-46",
        _("Nothing needs to be done; look at your data again"),
    )


def evidence_given(facts, params):
    """domain §8, Personal Information Protection Law art. 46: the handler checks; for some facts a paper has to show them."""
    if facts.evidence or facts.field not in params.evidence_for:
        return Met(_("A paper shows it, or none is needed"), "PIPL-46")
    return Unmet(
        "evidence_missing",
        _("A paper that shows it is missing"),
        "PIPL-46",
        _("Add a photo of the certificate or the household register"),
    )


def because_given(facts, params):
    """domain §8, Personal Information Protection Law art. 24: she has said what she finds wrong."""
    if facts.because_given:
        return Met(_("It is said what seems wrong"), "PIPL-24")
    return Unmet("because_missing", _("It is not said what seems wrong"), "PIPL-24", _("Say it in your own words; one sentence will do"))


def closed_by_herself(facts, params):
    """S2.7: the counter opens again what the person closed, never what an administrator closed."""
    if facts.closed_by_herself:
        return Met(_("She closed the account herself"), "S2.7")
    return Unmet("not_closed_by_herself", _("The account was not closed by her, or is open"), "S2.7",
                 _("Ask the security administrator who closed it and why"))


def alive(facts, params):
    """S2.7: an account is the person's own."""
    if facts.alive:
        return Met(_("The person is alive"), "S2.7")
    return Unmet("died", _("The person has died"), "S2.7", _("Relatives are served at the counter without an account"))


def of_age(facts, params):
    """domain §8, Personal Information Protection Law art. 31: for a child a parent decides; from which age is the region's to say."""
    if facts.of_age:
        return Met(_("The person is old enough for an account of her own"), "PIPL-31")
    return Unmet("child", _("The person is too young for an account of her own"), "PIPL-31",
                 _("A parent acts for the child in the parent's own account"))


REOPENING = (closed_by_herself, alive, of_age)
CORRECTION = (value_differs, evidence_given)
REVIEW = (because_given,)
