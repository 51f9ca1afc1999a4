"""States and kinds of a family link's registration, and the words that people read for them."""
from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    DRAFT = "draft", _("draft")
    ASKED = "asked", _("asked: consents and check")
    RETURNED = "returned", _("returned to the applicant")
    IN_FORCE = "in_force", _("registered")
    REVIEW = "review", _("to be looked at again: the child has come of age")
    REFUSED = "refused", _("refused")
    DECLINED = "declined", _("not confirmed: the other side declined")
    EXPIRED = "expired", _("not confirmed in time")
    WITHDRAWN = "withdrawn", _("withdrawn")
    ENDED = "ended", _("ended")


class Channel(models.TextChoices):
    ONLINE = "portal", _("online")
    COUNTER = "counter", _("at the counter")


FINAL = (Status.REFUSED, Status.DECLINED, Status.EXPIRED, Status.WITHDRAWN, Status.ENDED)
STANDS = (Status.IN_FORCE, Status.REVIEW)
OPEN = (Status.DRAFT, Status.RETURNED)
NOT_CONFIRMED = _("Not confirmed")
PUBLIC = {  # what the person reads, and its tone; whether the other side declined or never was there reads the same
    Status.DRAFT: (_("Not yet sent"), "neutral"),
    Status.ASKED: (_("Waiting for consent and a check"), "info"),
    Status.RETURNED: (_("We need something from you"), "warning"),
    Status.IN_FORCE: (_("Registered"), "positive"),
    Status.REVIEW: (_("Registered, to be confirmed at eighteen"), "warning"),
    Status.REFUSED: (_("Not approved"), "danger"),
    Status.DECLINED: (NOT_CONFIRMED, "neutral"),
    Status.EXPIRED: (NOT_CONFIRMED, "neutral"),
    Status.WITHDRAWN: (_("Withdrawn"), "neutral"),
    Status.ENDED: (_("Ended"), "neutral"),
}
SIDES = {  # who agrees
    "person": _("the person asking"),
    "relative": _("the other side"),
    "guardian": _("another parent of the child"),
}
ENDS = {  # why a link is ended
    "divorce": _("divorce"),
    "not_wanted": _("no longer wanted"),
    "wrong": _("it was registered by mistake"),
    "death": _("death"),
    "other": _("another reason"),
}
CHOSEN_ENDS = {code: word for code, word in ENDS.items() if code != "death"}
