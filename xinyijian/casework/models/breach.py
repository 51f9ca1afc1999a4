from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from xinyijian.people.models import Person

from .docket import Docket


class BreachQuerySet(models.QuerySet):
    def unrepaired(self, on):
        """Those that stand on that day: neither mended nor run out."""
        return self.filter(Q(expires_on=None) | Q(expires_on__gte=on), repaired_at=None)


class Breach(models.Model):
    """A promise to hand in later that was not kept, or a false paper (容缺失信): while it stands, nothing more may follow later."""

    class Kind(models.TextChoices):
        PROMISE = "promise", _("a promised document did not come")
        FALSE_PAPER = "false_paper", _("a paper that was not genuine")

    person = models.ForeignKey(Person, models.PROTECT, related_name="breaches", verbose_name=_("person"))
    docket = models.ForeignKey(Docket, models.PROTECT, related_name="breaches", verbose_name=_("case"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    since = models.DateTimeField(_("since"))
    because = models.CharField(_("because"), max_length=400, blank=True)
    recorded_by = models.ForeignKey(  # null: the clock
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("recorded by")
    )
    expires_on = models.DateField(_("counts until"), null=True, blank=True)  # that day included; null: until it is mended
    ran_out_at = models.DateTimeField(_("noted as run out"), null=True, blank=True)  # when the next of its kind was recorded on the case
    repaired_at = models.DateTimeField(_("mended"), null=True, blank=True)
    repaired_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("lifted by")
    )
    repaired_because = models.CharField(_("mended because"), max_length=400, blank=True)

    objects = BreachQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("broken promise"), _("broken promises")
        indexes = [models.Index(fields=["person"], name="breach_unrepaired", condition=Q(repaired_at=None))]
        constraints = [
            models.UniqueConstraint(fields=["docket", "kind"], name="breach_once", condition=Q(repaired_at=None, ran_out_at=None)),
            models.CheckConstraint(condition=Q(recorded_by=None) | Q(repaired_by=None) | ~Q(recorded_by=F("repaired_by")),
                                   name="breach_lifted_by_another"),
        ]

    def __str__(self):
        return f"{self.docket_id} {self.kind}"
