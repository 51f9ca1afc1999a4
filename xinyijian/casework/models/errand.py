from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xinyijian.audit.models import Event

from .docket import Docket


class Errand(models.Model):
    """Something to be asked of another system, queued in the transaction of its event and run afterwards, again if need be."""

    event = models.OneToOneField(Event, models.PROTECT, related_name="+", verbose_name=_("event"))
    docket = models.ForeignKey(Docket, models.PROTECT, related_name="errands", verbose_name=_("case"))
    name = models.CharField(_("what"), max_length=40)
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    next_try_at = models.DateTimeField(_("next try"), null=True)  # null: finished
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    answer = models.CharField(_("answer"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("errand")
        verbose_name_plural = _("errands")
        indexes = [models.Index(fields=["next_try_at", "id"], name="errand_open", condition=Q(next_try_at__isnull=False))]

    def __str__(self):
        return f"{self.name} {self.docket_id}"
