"""Reasons of a refusal that only a person can see: a closed list, each with what to do about it."""
from django.utils.translation import gettext_lazy as _

OWN = _("You are one of the two yourself: please let a colleague enter it.")

REASONS = {
    "illegible": (_("A document cannot be read"), _("Take the photo again in daylight, the whole page, without glare")),
    "proves_nothing": (_("The document does not show that you two are related in this way"),
                       _("A household register with both of you, a marriage certificate or a birth certificate does")),
    "particulars_differ": (_("Name or certificate number differ from the documents"),
                           _("Ask again with the particulars as they are printed")),
    "not_reachable": (_("The other side could not be confirmed"), _("Come to the counter together, with both certificates")),
    "not_close_kin": (_("This is no spouse, parent or child"), _("Other relatives may be given leave to act for you instead")),
}


def own_business(by, *people) -> list:
    """Why staff may not enter this at the counter: it is their own affair. Empty when it is not."""
    return [OWN] if by.person_id is not None and by.person_id in {person.pk for person in people} else []


def reason_texts(codes) -> list[dict]:
    """[{text, remedy}] for the page and the letter."""
    return [{"text": REASONS[c][0], "remedy": REASONS[c][1]} for c in codes if c in REASONS]
