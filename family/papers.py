"""Proofs of kinship: their codes and names, and the shape in which a region says which will do."""
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from xinyijian.people.models import Relation

NAMES = {
    "household_register": _("household register (pages of both)"),
    "marriage_certificate": _("marriage certificate"),
    "birth_certificate": _("medical birth certificate"),
    "adoption_certificate": _("adoption certificate"),
    "signed_consent": _("consent signed on paper"),
    "end_paper": _("paper that shows the end (divorce certificate, death certificate)"),
}


def name_of(code: str) -> str:
    """A document's name in the active language; an unknown code as it is."""
    return str(NAMES.get(code, code))


def names_of(codes) -> str:
    """Several names in one line."""
    return gettext(", ").join(name_of(code) for code in codes)


def shape(asked: dict) -> dict:
    """{"spouse" | "parent" | "child": [code, …]}: any one of the list will do. ValueError in clear words."""
    if set(asked) != set(Relation.values):
        raise ValueError("says for spouse, parent and child which proofs will do")
    for relation, codes in asked.items():
        if not codes or set(codes) - NAMES.keys():
            raise ValueError(f"{relation}: unknown or no documents")
    return asked


def tell(asked: dict) -> str:
    """The same in words, for the table of rules in force."""
    colon, stop, either = gettext(": "), gettext("; "), gettext(" or ")
    return stop.join(f"{Relation(relation).label}{colon}{either.join(map(name_of, codes))}" for relation, codes in asked.items())
