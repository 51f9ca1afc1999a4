"""What the shared pages say of a correction or a review: names of what is due, of facts and papers."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xinyijian.casework import words
from xinyijian.people.corrections import LABELS
from xinyijian.people.models import Sex

DUES = {  # name -> (for staff, for the person)
    "decide": (gettext_lazy("Answer the request"), gettext_lazy("The bureau answers")),
}
ERRANDS = {}
FACTS = {
    "field": gettext_lazy("what is wrong"),
    "differs": gettext_lazy("differs from what is kept"),
    "evidence": gettext_lazy("a paper was given"),
    "about": gettext_lazy("about"),
    "number": gettext_lazy("number of the case"),
    "stood": gettext_lazy("how it stood when it was asked"),
    "closed_by_herself": gettext_lazy("closed by herself"),
    "alive": gettext_lazy("alive"),
    "of_age": gettext_lazy("old enough for an account"),
    "because_given": gettext_lazy("said what seems wrong"),
}
VALUES = {
    "case": gettext_lazy("a case"),
    "standing": gettext_lazy("credit standing"),
    "excellent": gettext_lazy("benefits known"),
    "none": gettext_lazy("no benefits known"),
}


def value_of(field, text) -> str:
    """A kept value as people read it."""
    return str(Sex(text).label) if field == "sex" and text in Sex.values else text


def stood(docket, code) -> str:
    """How it stood when the review was asked for."""
    return words.status(docket.kind, code, staff=False)["word"] if docket else VALUES.get(code, code)


def document_name(code) -> str:
    """A paper's name in the active language."""
    return _("Paper that shows it")


def gap_of(case, code) -> dict:
    """Nothing follows later here."""
    return {"why": "", "substitutes": []}


def reasons_of(case) -> list:
    """The reasons stand in the answer."""
    return []


def asked_again(case) -> list[str]:
    """No paper is asked for again."""
    return []


def edit_url(case) -> str:
    """A request is sent when it is made; there is no form to go on with."""
    return ""


def signed(case) -> list[dict]:
    """No letter is signed."""
    return []


def facts_in_words(facts) -> list[tuple]:
    """[(word, value)] of the facts on which a decision rests."""
    return [(word, _value(name, getattr(facts, name))) for name, word in FACTS.items() if getattr(facts, name, "") != ""]


def _value(name, value):
    if name == "field":
        return LABELS.get(value, value)
    return VALUES.get(value, value) if name in ("about", "stood") else value
