from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ProofRun(models.Model):
    """One proof of a stretch of the chain (链校验): asked for by somebody, run by the worker, and kept."""

    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked at"))
    first_seal = models.BigIntegerField(_("from seal"))
    last_seal = models.BigIntegerField(_("to seal"))
    finished_at = models.DateTimeField(_("finished at"), null=True)
    events = models.BigIntegerField(_("events"), default=0)
    finding = models.CharField(_("finding"), max_length=120, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("proof of the chain"), _("proofs of the chain")
        indexes = [models.Index(fields=["id"], name="proof_waiting", condition=models.Q(finished_at=None))]

    def __str__(self):
        return f"{self.first_seal}–{self.last_seal}"
