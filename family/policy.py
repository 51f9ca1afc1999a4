"""Family links: what the rules ask. Nothing here does anything."""
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from xinyijian.casework.rules import Met, Unmet
from xinyijian.people.authority import is_minor, majority_of

from .papers import names_of


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rules of a family link may read: plain data, as of one moment. Ids, no names."""

    today: date
    relation: str  # what the other one is to the person
    channel: str
    alive: bool
    insured_here: bool
    born_on: date
    by_guardian: bool  # the person is a minor and a guardian asks
    documents: tuple  # kinds that were given
    relative: int  # whoever name, certificate and birthday fit; 0: nobody known here
    relative_alive: bool
    relative_born_on: date | None  # as it stands in the register, else as it was typed
    linked: bool  # the two have a link in force already
    spouse_taken: bool  # one of the two has another spouse
    guardian: int  # another verified parent of the minor among the two; 0: none
    guardian_agreed: bool
    person_agreed: bool
    relative_agreed: bool
    child_consent: bool  # a guardian's separate consent for a young child
    asked_lately: int  # further requests of the same user within 24 hours
    asked_already: bool  # another live request for the same certificate
    ends_with: date | None  # the day on which one of the two died

    @property
    def young(self) -> date | None:
        """The birthday of the one who is a child in this link and not yet of age; None when nobody is."""
        born = {"child": self.relative_born_on, "parent": self.born_on}.get(self.relation)
        return born if born and is_minor(born, self.today) else None


def full_years(born_on, on) -> int:
    """Age in completed years; the birthday itself counts."""
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))


def matched(facts, params) -> tuple[int, int]:
    """Who is asked: (the other side, another parent of the child); 0 for nobody."""
    return facts.relative, facts.guardian


def comes_of_age(facts, params) -> date | None:
    """When a registered minor comes of age; None when both are adults."""
    return majority_of(facts.young) if facts.young else None


def proof_of(facts, params) -> str:
    """The kind of paper on which a link is registered."""
    return next((code for code in params.proofs[facts.relation] if code in facts.documents), "")


def person_alive_and_insured(facts, params):
    """S0.3: links are registered for people who are insured with the agency."""
    if facts.alive and facts.insured_here:
        return Met(_("Insured in this region"), "S0.3")
    return Unmet("not_insured", _("This person is not insured in this region today"), "S0.3",
                 _("Ask the counter which agency is responsible"))


def asker_of_age(facts, params):
    """S0.3: an adult asks, or a guardian for a child."""
    if facts.by_guardian or facts.channel == "counter" or not is_minor(facts.born_on, facts.today):
        return Met(_("An adult asks, or a guardian"), "S0.3")
    return Unmet("minor_asks", _("A child cannot ask for this alone"), "S0.3", _("Let a parent ask, or come to the counter together"))


def proof_given(facts, params):
    """S0.3: one of the region's proofs of kinship."""
    if set(facts.documents) & set(params.proofs[facts.relation]):
        return Met(_("A proof of kinship was given"), "S0.3")
    names = {"names": names_of(params.proofs[facts.relation])}
    return Unmet("proof_missing", _("No proof of kinship was given yet"), "S0.3", _("Any one of these will do: %(names)s") % names)


def not_asked_already(facts, params):
    """S0.3: one live request for one certificate."""
    if not facts.asked_already:
        return Met(_("No other request for the same person"), "S0.3")
    return Unmet("asked_already", _("You have already asked for a link with this person"), "S0.3",
                 _("See “My family”: there is nothing more to do"))


def pace_kept(facts, params):
    """S2.17: nobody tries out names and numbers."""
    if facts.channel == "counter" or facts.asked_lately < params.asks_per_day:
        return Met(_("Not more requests than allowed in a day"), "S2.17")
    return Unmet("too_many_asked", _("You have reached the number of requests allowed in 24 hours"), "S2.17",
                 _("Please continue tomorrow, or come to the counter"))


def relative_found(facts, params):
    """S2.17: name and certificate number fit one person of the register together."""
    if facts.relative:
        return Met(_("Name and certificate fit one person"), "S2.17")
    return Unmet("nobody_fits", _("Nobody insured here has this name and this certificate number together"), "S2.17",
                 _("Compare with the documents; people insured elsewhere are registered by their own agency"))


def both_living(facts, params):
    """S0.3: a link is registered among the living."""
    if facts.alive and facts.relative_alive:
        return Met(_("Both are living"), "S0.3")
    return Unmet("not_living", _("One of the two has died"), "S0.3", _("For questions about an inheritance, please ask at the counter"))


NOT_OF_AGE = Unmet("not_of_age", _("By the corrected birthday you are not of age yet, so you cannot confirm this yourself"), "S0.3",
                   _("The bureau puts it in order; you will be asked when you are eighteen"))
LINKED_ALREADY = Unmet("linked_already", _("The two are linked already"), "S0.3", _("End the earlier link first if it is wrong"))


def not_linked_yet(facts, params):
    """S0.3: two people have one link."""
    if not facts.linked:
        return Met(_("The two have no link yet"), "S0.3")
    return LINKED_ALREADY


def ages_fit(facts, params):
    """S0.3: spouses are adults; a parent is older than the child."""
    mine, other = facts.born_on, facts.relative_born_on
    if other and _fits(facts, mine, other):
        return Met(_("The ages fit the relation"), "S0.3")
    return Unmet("ages_do_not_fit", _("The ages do not fit this relation"), "S0.3", _("Compare relation and birthdays with the documents"))


def _fits(facts, mine, other):
    if facts.relation == "spouse":
        return not is_minor(mine, facts.today) and not is_minor(other, facts.today)
    return mine < other if facts.relation == "child" else other < mine


def spouse_is_free(facts, params):
    """S0.3: nobody has two spouses."""
    if facts.relation != "spouse" or not facts.spouse_taken:
        return Met(_("Neither has another spouse"), "S0.3")
    return Unmet("spouse_taken", _("One of the two is registered with another spouse"), "S0.3",
                 _("After a divorce the earlier link is ended first"))


def both_agree(facts, params):
    """S0.3: both sides have agreed; a minor's side by a guardian."""
    if facts.person_agreed and facts.relative_agreed:
        return Met(_("Both have agreed"), "S0.3")
    return Unmet("consent_missing", _("One of the two has not agreed yet"), "S0.3", _("They can agree online, or sign at the counter"))


def guardian_agrees(facts, params):
    """S0.3: where a child has another registered parent, that parent agrees as well."""
    if not facts.guardian or facts.guardian_agreed:
        return Met(_("No other parent of the child is left to ask"), "S0.3")
    return Unmet("guardian_missing", _("The other registered parent of the child has not agreed yet"), "S0.3",
                 _("We have asked them; they can also sign at the counter"))


def young_child_consent(facts, params):
    """S0.3, PIPL-31: the data of a child under fourteen need a separate consent of a guardian."""
    if not facts.young or full_years(facts.young, facts.today) >= params.separate_consent_under or facts.child_consent:
        return Met(_("A separate consent for a young child is given, or not needed"), "PIPL-31")
    return Unmet("child_consent_missing", _("The separate consent for a child under %(age)s is missing") % {
        "age": params.separate_consent_under}, "PIPL-31", _("A guardian gives it, online or at the counter"))


SENT = (person_alive_and_insured, asker_of_age, proof_given, not_asked_already, pace_kept)
TOLD = (person_alive_and_insured, proof_given, both_agree, young_child_consent)  # what a refusal may say: nothing of the other side
ALL = (person_alive_and_insured, proof_given, relative_found, both_living, not_linked_yet, ages_fit, spouse_is_free, both_agree,
       guardian_agrees, young_child_consent)
