from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from xinyijian.casework.days import day_of


class StandIn(models.Model):
    """A colleague stands in for somebody who is away (代班): for some days, within the colleague's own posts. It ends by itself."""

    class Because(models.TextChoices):
        LEAVE = "leave", _("leave")
        ILL = "ill", _("illness")
        TRAINING = "training", _("training or travel on duty")

    absent = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="absences", verbose_name=_("who is away"))
    deputy = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="stands_in", verbose_name=_("who stands in"))
    since = models.DateField(_("first day"))
    until = models.DateField(_("last day"))
    because = models.CharField(_("because"), max_length=10, choices=Because)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("set by"))
    set_at = models.DateTimeField(_("set at"))
    ended_at = models.DateTimeField(_("ended early at"), null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("stand-in"), _("stand-ins")
        indexes = [models.Index(fields=["deputy", "until"], name="stand_in_of_deputy")]
        constraints = [
            models.CheckConstraint(condition=~Q(absent=F("deputy")), name="stand_in_is_somebody_else"),
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="stand_in_ends_after_it_begins"),
            ExclusionConstraint(
                name="stand_in_one_at_a_time",
                expressions=[
                    ("absent", RangeOperators.EQUAL),
                    (Func(F("since"), F("until"), RangeBoundary(inclusive_upper=True), function="daterange"), RangeOperators.OVERLAPS),
                ],
                condition=Q(ended_at=None),
            ),
        ]

    def __str__(self):
        return f"{self.absent_id} {self.deputy_id}"

    def in_force(self, at) -> bool:
        """Whether it counts at that moment: first and last day included, and not ended early."""
        return self.since <= day_of(at) <= self.until and (self.ended_at is None or self.ended_at > at)
