from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .persons import Person


class Consent(models.Model):
    """What somebody agreed to (单独同意): which text, in which version, when and how; one row for each thing."""

    class Kind(models.TextChoices):
        KINSHIP = "kinship", _("that a family link is registered")
        GUARDIAN = "guardian", _("as guardian: that a child's family link is registered")
        CHILD_UNDER_14 = "child_under_14", _("that the data of a child under 14 are used")
        ACTING = "acting", _("that another person acts for her")
        MUTUAL_AID = "mutual_aid", _("to the membership in a family mutual-aid group")
        OPENING = "opening", _("that an account is opened online")
        ACCOUNT = "account", _("that an account is kept online")
        CREDIT = "credit", _("that the credit grade is read from the provincial subsystem")

    class How(models.TextChoices):
        ONLINE = "online", _("online")
        PAPER = "paper", _("on paper at the counter")

    person = models.ForeignKey(Person, models.PROTECT, verbose_name=_("whose data"), related_name="consents")
    kind = models.CharField(_("to what"), max_length=20, choices=Kind)
    version = models.CharField(_("version of the text"), max_length=20)
    sha256 = models.CharField(_("SHA-256 of the text"), max_length=64)
    how = models.CharField(_("how"), max_length=6, choices=How)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("given or taken by"), related_name="+")
    at = models.DateTimeField(_("given"))
    reference = models.CharField(_("for"), max_length=40, blank=True)  # number of the case, where there is one
    key = models.UUIDField(unique=True, null=True, editable=False)  # single use: two posts of one form are one consent
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("consent"), _("consents")
        indexes = [models.Index(fields=["person", "kind", "-at"], name="consent_of_person")]
