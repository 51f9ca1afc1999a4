"""The cards on the first page of a hospital's desk."""
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from xinyijian.people.platform_views import MANAGE as PLATFORM_KEYS

from .access import CHECK, SHEETS


def cards_of(may, counts, opens) -> list[dict]:
    """What this role can do, in the order of the day; `may(permission)` asks for this hospital."""
    found = [
        (may(CHECK), "shield", _("Is she entitled?"), _("By certificate, insurance number or the code on the phone"), "hospital:check"),
        (opens, "case", _("Open a filing for a patient"), _("She is here and confirms it with a code"), "hospital:open_for"),
        (may("casework.read"), "document", _("Filings of this hospital"), _("Opened here, with their state"), "hospital:filings"),
        (counts is not None, "clock", _("Tasks"), _waiting(counts), "casework:worklist"),
        (may(SHEETS), "print", _("When systems are down"), _("Print empty sheets, and enter what was written on them"), "hospital:sheets"),
        (may("people.manage_hospital_staff"), "people", _("Staff"), _("Who works here, as what, and who may sign in"), "people:staff"),
        (may("connect.manage_keys"), "settings", _("Keys of our systems"), _("For software that asks and files by itself"), "keys"),
        (may(PLATFORM_KEYS), "lock", _("Keys at the insurance platform"), _("In whose name this hospital asks it"), "people:platform_keys"),
    ]
    return [{"icon": icon, "word": word, "hint": hint, "url": reverse(url)} for shown, icon, word, hint, url in found if shown]


def _waiting(counts):
    if counts is None:
        return ""
    return ngettext("%(count)d case waits for you", "%(count)d cases wait for you", counts.all) % {"count": counts.all}
