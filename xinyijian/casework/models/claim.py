from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .docket import Docket
from .stand_in import StandIn


class Claim(models.Model):
    """A member of staff has taken this case in hand (认领); it counts as long as the case waits for that role."""

    docket = models.OneToOneField(Docket, models.CASCADE, related_name="claim", verbose_name=_("case"))
    role = models.CharField(_("role"), max_length=30)
    holder = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="claims", verbose_name=_("holder"))
    stand_in = models.ForeignKey(  # while it is in force the case is in its deputy's hands
        StandIn, models.SET_NULL, null=True, blank=True, related_name="claims", verbose_name=_("taken over by")
    )
    since = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")

    def __str__(self):
        return f"{self.docket_id} {self.role}"
