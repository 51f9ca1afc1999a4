"""Reasons of a refusal that only a person can see: a closed list, each with what to do about it."""
from django.utils.translation import gettext_lazy as _

OWN = _("You are one of the two yourself: please let a colleague enter it.")

REASONS = {
    "illegible": (_("A document cannot be read"), _("Take the photo again in daylight, the whole page, without glare")),
    "proves_nothing": (_("The document does not show this relationship between the two of you"),
                       _("A household register showing both of you, a marriage certificate or a birth certificate will do")),
    "particulars_differ": (_("The name or the certificate number differs from the documents"),
                           _("Please ask again with the details exactly as they are printed")),
    "not_reachable": (_("We could not confirm the other person"), _("Come to the counter together, with both certificates")),
    "not_close_kin": (_("This person is not a spouse, parent or child"), _("You can let other relatives act for you instead")),
}


def own_business(by, *people) -> list:
    """Why staff may not enter this at the counter: it is their own affair. Empty when it is not."""
    return [OWN] if by.person_id is not None and by.person_id in {person.pk for person in people} else []


def reason_texts(codes) -> list[dict]:
    """[{text, remedy}] for the page and the letter."""
    return [{"text": REASONS[c][0], "remedy": REASONS[c][1]} for c in codes if c in REASONS]
