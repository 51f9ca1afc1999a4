from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from xinyijian.audit.models import Event

from .docket import Docket


class Decision(models.Model):
    """What was decided on which facts, rules and policy (决定), so that it can be asked again and must answer the same."""

    append_only = True

    docket = models.ForeignKey(Docket, models.PROTECT, related_name="decisions", verbose_name=_("case"))
    event = models.OneToOneField(Event, models.PROTECT, related_name="decision", verbose_name=_("event"))
    outcome = models.CharField(_("outcome"), max_length=20)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("decided by"))
    at = models.DateTimeField(_("at"))
    promised_at = models.DateTimeField(_("to be decided by"), null=True, blank=True)  # as the applicant was told; empty: nothing was
    because = models.TextField(_("because"), blank=True)
    facts = models.JSONField(_("facts"))
    answers = models.JSONField(_("answers of the rules"))  # [rule, code or ""]
    params = models.JSONField(_("policy"))
    params_version = models.CharField(_("policy version"), max_length=40)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")

    def __str__(self):
        return f"{self.docket_id}: {self.outcome}"
