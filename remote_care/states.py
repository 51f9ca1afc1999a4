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
    LONG_RESIDENCE = "long_residence", _("living outside the home region for long")


class Basis(models.TextChoices):
    DOCUMENTS = "documents", _("with a proof of residence")
    COMMITMENT = "commitment", _("with a commitment letter")


class Channel(models.TextChoices):
    ONLINE = "portal", _("online")
    COUNTER = "counter", _("at the counter")
    HOSPITAL = "hospital", _("at the hospital's insurance office")


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
