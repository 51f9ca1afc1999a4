"""What the shared pages say of a family link: names of what is due, of facts, papers and reasons."""
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from xinyijian.casework.rules import Unmet
from xinyijian.people.models import Relation

from .papers import name_of, names_of
from .refusals import reason_texts
from .states import ENDS

DUES = {  # name -> (for staff, for the person)
    "decide": (_("Check the proof and register the link"), _("The bureau checks it")),
    "consent": (_("The other person agrees"), _("The other person agrees")),
    "correct": (_("Correct what was returned"), _("Please correct it and send it again")),
    "confirm": (_("The child is now an adult: confirm or end the link"), _("The child, now an adult, confirms the link")),
    "majority": (_("The child comes of age"), _("The child comes of age")),
}
FACTS = {  # whoever asked may read these: nothing that only the register knows of the other side
    "relation": _("how the other person is related"),
    "alive": _("alive"),
    "insured_here": _("insured in this region"),
    "born_on": _("born"),
    "by_guardian": _("a guardian asks"),
    "documents": _("documents given"),
    "person_agreed": _("the person asking has agreed"),
    "relative_agreed": _("the other person has agreed"),
    "child_consent": _("separate consent for a young child"),
}
ERRANDS = {}
BECAUSE = {**ENDS, "replaced": _("replaced")}  # reasons that are chosen, as the trail keeps them


def document_name(code) -> str:
    """A paper's name in the active language."""
    return name_of(code)


def gap_of(link, code) -> dict:
    """Nothing of a family link may follow later."""
    return {"why": "", "substitutes": []}


def reasons_of(link) -> list[Unmet]:
    """What only a person could see, each with what to do about it."""
    return [Unmet("seen", reason["text"], remedy=reason["remedy"]) for reason in reason_texts(link.reasons)]


def asked_again(link) -> list[str]:
    """The papers that the bureau wants once more."""
    return [name_of(code) for code in link.redo]


def edit_url(link) -> str:
    """The page on which the proof is given and it is sent."""
    return reverse("family:prepare", args=[link.number])


def signed(link) -> list[dict]:
    """Consents stand with the facts."""
    return []


def facts_in_words(facts) -> list[tuple]:
    """[(word, value)] of the facts on which a decision rests."""
    return [(word, _value(name, getattr(facts, name, None))) for name, word in FACTS.items()]


def _value(name, value):
    if name == "documents":
        return names_of(value or ())
    if name == "relation":
        return dict(Relation.choices).get(value, value)
    return value.isoformat() if isinstance(value, date) else value
