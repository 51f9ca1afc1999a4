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


CORRECTION = (value_differs, evidence_given)
REVIEW = (because_given,)
