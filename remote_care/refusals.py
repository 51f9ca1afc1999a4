"""Reasons of refusal or return that only a person can see: a closed list, each with what to do about it."""

from django.utils.translation import gettext_lazy as _

REASONS = {
    "illegible": (_("A document cannot be read"), _("Take the photo again in daylight, the whole page, without glare")),
    "proves_nothing": (
        _("The proof of residence does not show that you live there"),
        _("A residence permit, a deed or a rental contract in your name does"),
    ),
    "contradiction": (_("Details in the documents contradict the filing"), _("Correct the detail, or explain it at the counter")),
    "not_the_person": (_("A document belongs to somebody else"), _("Give the document of the insured person")),
    "platform_refused": (_("The insurance platform refused the filing"), _("Call the counter: it sees the platform's answer")),
}


def reason_texts(codes) -> list[dict]:
    """[{text, remedy}] for the page and the letter."""
    return [{"text": REASONS[c][0], "remedy": REASONS[c][1]} for c in codes if c in REASONS]
