from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .places import Organisation


class Kiosk(models.Model):
    """A self-service machine (自助机) at a service point, known by a secret in its browser; it sees nobody's data."""

    class Level(models.TextChoices):
        COUNTY = "county", _("county counter")
        TOWN = "town", _("township service point")
        VILLAGE = "village", _("village service point")

    organisation = models.ForeignKey(Organisation, models.PROTECT, verbose_name=_("answered for by"), related_name="kiosks")
    level = models.CharField(_("where it stands"), max_length=8, choices=Level)
    name = models.CharField(_("place"), max_length=60)
    digest = models.CharField(max_length=64, blank=True, editable=False)  # of the secret in its browser; "" until it is set up
    code_digest = models.CharField(max_length=64, blank=True, editable=False)  # of the code by which a browser becomes it, once
    code_until = models.DateTimeField(null=True, editable=False)
    registered_at = models.DateTimeField(_("registered"))
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("registered by"), related_name="+")
    set_up_at = models.DateTimeField(_("set up"), null=True)
    ended_at = models.DateTimeField(_("taken out of service"), null=True)

    class Meta:
        verbose_name, verbose_name_plural = _("self-service machine"), _("self-service machines")
        indexes = [models.Index(fields=["organisation", "-id"], name="kiosk_of_organisation")]

    def __str__(self):
        return f"{self.name} ({self.get_level_display()})"
