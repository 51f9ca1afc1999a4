"""States and kinds of a filing, and the words that people read for them."""
from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("to be decided")
    RETURNED = "returned", _("returned to the applicant")
    ACCEPTED = "accepted", _("accepted, number asked")
    IN_FORCE = "in_force", _("in force")
    REFUSED = "refused", _("refused")
    LAPSED = "lapsed", _("lapsed: documents not handed in")
    ENDED = "ended", _("ended")
    CANCELLED = "cancelled", _("cancelled")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Type(models.TextChoices):
    """S3.1: two categories; in the order of the source's drop-down, the emergency last because it is in none."""

    SETTLED_RETIREE = "settled_retiree", _("retired and settled elsewhere")
    LONG_RESIDENCE = "long_residence", _("living elsewhere for long")
    POSTED_WORKER = "posted_worker", _("posted elsewhere for work")
    REFERRED = "referred", _("referred to a hospital elsewhere")
    OTHER_TEMPORARY = "other_temporary", _("other temporary stay elsewhere")
    EMERGENCY = "emergency", _("emergency care elsewhere")


LONG = (Type.SETTLED_RETIREE, Type.LONG_RESIDENCE, Type.POSTED_WORKER)
TEMPORARY = (Type.REFERRED, Type.OTHER_TEMPORARY, Type.EMERGENCY)
CHOSEN = tuple(one for one in Type if one != Type.EMERGENCY)  # S3.6: an emergency counts as filed, nobody chooses it beforehand
CATEGORIES = ((_("Long-term"), LONG), (_("Temporary"), TEMPORARY))


class Occasion(models.TextChoices):
    """Whether care there is still to come (S0.13, S0.14)."""

    PLANNED = "planned", _("No, that is still to come")
    ADMITTED = "admitted", _("Yes, and the bill is not settled yet")
    PAID = "paid", _("It is over, and everything was paid out of pocket")


LEVELS = [(3, _("level 3")), (2, _("level 2")), (1, _("level 1")), (0, _("no level"))]


def level_of(hosp_lv: str) -> int | None:
    """1 to 3 (0: none) of the platform's code hosp_lv; None for no code."""
    table = {3: ("1", "2", "3", "4", "12"), 2: ("5", "6", "7", "13"), 1: ("8", "9", "10", "14"), 0: ("11",)}
    return next((level for level, codes in table.items() if hosp_lv in codes), None)


class Basis(models.TextChoices):
    DOCUMENTS = "documents", _("with a proof of residence")
    COMMITMENT = "commitment", _("with a commitment letter")


class Channel(models.TextChoices):
    ONLINE = "portal", _("online")
    PROVINCIAL = "provincial_app", _("provincial app")
    NATIONAL = "national_app", _("national platform")
    COUNTER = "counter", _("county counter")
    TOWNSHIP = "township", _("township service point")
    VILLAGE = "village", _("village service point")
    KIOSK = "kiosk", _("self-service machine")
    HOSPITAL = "hospital", _("hospital insurance office")


COUNTERS = (Channel.COUNTER, Channel.TOWNSHIP, Channel.VILLAGE)  # S3.31: somebody of the bureau does it for her
NATIONAL, PROVINCIAL = "national", "provincial"  # the two entry profiles


def profile_of(channel) -> str:
    """Whose order of steps and papers counts: the national platform's for its own entry (S3.25), the province's for all others."""
    return NATIONAL if channel == Channel.NATIONAL else PROVINCIAL


FINAL = (Status.REFUSED, Status.LAPSED, Status.ENDED, Status.CANCELLED, Status.WITHDRAWN)
LIVE = (Status.SUBMITTED, Status.RETURNED, Status.ACCEPTED, Status.IN_FORCE)
PUBLIC = {  # what the person reads, and its tone
    Status.DRAFT: (_("Not yet sent"), "neutral"),
    Status.SUBMITTED: (_("Being looked at"), "info"),
    Status.RETURNED: (_("We need something from you"), "warning"),
    Status.ACCEPTED: (_("Approved, number on its way"), "positive"),
    Status.IN_FORCE: (_("In force"), "positive"),
    Status.REFUSED: (_("Not approved"), "danger"),
    Status.LAPSED: (_("No longer in force: documents were not handed in"), "danger"),
    Status.ENDED: (_("Ended"), "neutral"),
    Status.CANCELLED: (_("Cancelled"), "neutral"),
    Status.WITHDRAWN: (_("Withdrawn"), "neutral"),
}
