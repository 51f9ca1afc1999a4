"""How long a paper that was given before may be used again: {code of the paper, or "other": months, or null for ever}."""
from django.utils.translation import gettext, ngettext

OTHER = "other"


def shape(terms: dict) -> dict:
    """The same, or ValueError in clear words."""
    if OTHER not in terms:
        raise ValueError('says nothing about "other" papers')
    for code, months in terms.items():
        if months is not None and (type(months) is not int or not 1 <= months <= 240):
            raise ValueError(f"{code}: {months!r} is neither null nor 1 to 240 months")
    return terms


def tell(terms: dict) -> str:
    """In words, for the table of rules in force."""
    return gettext("; ").join(f"{_name(code)}{gettext(': ')}{_months(months)}" for code, months in terms.items())


def months_for(terms: dict, code: str):
    """The months of that paper; None: no end."""
    return terms.get(code, terms[OTHER])


def _name(code):
    from .words import document_name

    return gettext("other papers") if code == OTHER else document_name(code)


def _months(months):
    return gettext("no end") if months is None else ngettext("%(n)d month", "%(n)d months", months) % {"n": months}
