"""States of a correction and of a review, and the words that people read for them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CorrectionStatus(models.TextChoices):
    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("to be decided")
    CORRECTED = "corrected", _("corrected")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn")


class ReviewStatus(models.TextChoices):
    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("to be reviewed")
    CHANGED = "changed", _("the no was wrong")
    UPHELD = "upheld", _("the no stands")
    WITHDRAWN = "withdrawn", _("withdrawn")


class ReopeningStatus(models.TextChoices):
    DRAFT = "draft", _("draft")
    OPENED = "opened", _("open again")


CORRECTION_PUBLIC = {  # what the person reads, and its tone
    CorrectionStatus.DRAFT: (_("Not yet sent"), "neutral"),
    CorrectionStatus.SUBMITTED: (_("Being looked at"), "info"),
    CorrectionStatus.CORRECTED: (_("Corrected"), "positive"),
    CorrectionStatus.REFUSED: (_("Not corrected"), "danger"),
    CorrectionStatus.WITHDRAWN: (_("Withdrawn"), "neutral"),
}
REVIEW_PUBLIC = {
    ReviewStatus.DRAFT: (_("Not yet sent"), "neutral"),
    ReviewStatus.SUBMITTED: (_("A person is looking at it"), "info"),
    ReviewStatus.CHANGED: (_("You were right: it is put in order"), "positive"),
    ReviewStatus.UPHELD: (_("Looked at by a person: the answer stays"), "warning"),
    ReviewStatus.WITHDRAWN: (_("Withdrawn"), "neutral"),
}
REOPENING_PUBLIC = {
    ReopeningStatus.DRAFT: (_("Not yet done"), "neutral"),
    ReopeningStatus.OPENED: (_("Open again"), "positive"),
}
