"""Documents of a filing: their codes and names, and the shape in which a region says what it asks for."""
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

NAMES = {
    "identity_card": _("identity card"),
    "social_security_card": _("social security card"),
    "insurance_code": _("medical insurance code"),
    "birth_certificate": _("birth certificate"),
    "filing_form": _("signed filing form"),
    "residence_proof": _("proof of residence"),
    "property_certificate": _("property certificate"),
    "residence_permit": _("residence permit"),
    "lease": _("registered lease"),
    "household_register_front": _("front page of the household register"),
    "household_register_page": _("own page of the household register"),
    "posting_letter": _("letter of posting by the employer"),
    "labour_contract": _("labour contract naming the place of work"),
    "referral_form": _("stamped referral form"),
    "identity_photo": _("photo of the identity card"),
    "signed_commitment": _("commitment letter signed on paper"),
    "signed_promise": _("promise signed on paper"),
    "scan": _("scan, not yet sorted"),
}
PARTS = ("principal", "secondary")  # 主件: must be there; 副件: the closed list that may follow later


def name_of(code: str) -> str:
    """A document's name in the active language; an unknown code as it is."""
    return str(NAMES.get(code, code))


def names_of(codes) -> str:
    """Several names in one line."""
    return gettext(", ").join(name_of(code) for code in codes)


def shape(asked: dict) -> dict:
    """{"documents" | "commitment": {"principal": [{"code", "substitutes"}], "secondary": […]}}, or ValueError in clear words."""
    for basis, parts in asked.items():
        if basis not in ("documents", "commitment"):
            raise ValueError(f"{basis!r} is neither documents nor commitment")
        if set(parts) != set(PARTS):
            raise ValueError(f"{basis} needs principal and secondary, and nothing else")
        codes = [code for part in PARTS for paper in parts[part] for code in _codes(paper)]
        if unknown := sorted(set(codes) - NAMES.keys()):
            raise ValueError(f"unknown documents: {', '.join(unknown)}")
        if len(codes) != len(set(codes)):
            raise ValueError(f"{basis} names a document twice")
    if "documents" not in asked:
        raise ValueError("says nothing about a filing with documents")
    return asked


def tell(asked: dict) -> str:
    """The same in words, for the table of rules in force."""
    words = {"principal": gettext("required"), "secondary": gettext("may follow later")}
    bases = {"documents": gettext("with documents"), "commitment": gettext("with a commitment letter")}
    colon, stop = gettext(": "), gettext("; ")
    return stop.join(
        f"{bases[basis]}{colon}" + stop.join(f"{words[part]}{colon}{_papers(parts[part])}" for part in PARTS if parts[part])
        for basis, parts in asked.items() if parts["principal"] or parts["secondary"]) or gettext("none")


def _codes(paper: dict) -> list[str]:
    if paper.keys() - {"code", "substitutes"}:
        raise ValueError(f"a document has code and substitutes, not {sorted(paper)}")
    return [paper["code"], *paper.get("substitutes", ())]


def _papers(papers) -> str:
    return gettext(", ").join(name_of(paper["code"]) + _instead(paper.get("substitutes")) for paper in papers)


def _instead(substitutes) -> str:
    return gettext(" (or %(names)s)") % {"names": names_of(substitutes)} if substitutes else ""
