"""Sheets of paper (停机登记单) for the time when the portal or the hospital's own system is down."""
import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from xinyijian.casework.models import Docket
from xinyijian.people.crypto import EncryptedTextField
from xinyijian.people.models import Organisation


class Cause(models.TextChoices):
    """Why it was not entered at once."""

    PORTAL = "portal", _("the portal was down")
    HIS = "his", _("the hospital's own system was down")
    NETWORK = "network", _("power or network was down")
    OTHER = "other", _("something else")


class Sheet(models.Model):
    """One numbered sheet: printed empty beforehand, filled in by hand, entered once."""

    number = models.CharField(_("number"), max_length=32, unique=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("hospital"))
    batch = models.UUIDField(default=uuid.uuid4, editable=False)  # printed together
    printed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("printed by"))
    printed_at = models.DateTimeField(_("printed"))
    occurred_at = models.DateTimeField(_("truly happened at"), null=True, blank=True)
    cause = models.CharField(_("why it was late"), max_length=10, choices=Cause, blank=True)
    because = EncryptedTextField(_("in words"), blank=True)
    docket = models.OneToOneField(Docket, models.PROTECT, null=True, blank=True, related_name="sheet", verbose_name=_("case"))
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("entered by"))
    entered_at = models.DateTimeField(_("entered"), null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("sheet"), _("sheets")
        indexes = [
            models.Index(fields=["organisation", "-id"], name="sheet_of_hospital"),
            models.Index(fields=["batch"], name="sheet_of_batch"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(entered_at=None, docket=None, entered_by=None, occurred_at=None)
                | Q(entered_at__isnull=False, docket__isnull=False, entered_by__isnull=False, occurred_at__isnull=False),
                name="sheet_entered_whole",
            ),
            models.CheckConstraint(
                condition=Q(occurred_at=None) | Q(occurred_at__lte=F("entered_at"), occurred_at__gte=F("printed_at")),
                name="sheet_between_print_and_entry",
            ),
        ]

    def __str__(self):
        return self.number
