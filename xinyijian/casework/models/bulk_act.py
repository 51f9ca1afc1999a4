from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class BulkAct(models.Model):
    """One step pressed on many cases by a person (批量办理), with what became of each; its key makes two posts of one form one deed."""

    key = models.UUIDField(unique=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))
    kind = models.CharField(_("kind"), max_length=40)
    verb = models.CharField(_("step"), max_length=40)
    rows = models.JSONField(_("what became of each"), default=list)  # [number, outcome, [[text, remedy], …]]: numbers, no people

    class Meta:
        verbose_name, verbose_name_plural = _("bulk act"), _("bulk acts")

    def __str__(self):
        return f"{self.kind} {self.verb} {self.at:%F}"
