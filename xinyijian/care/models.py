"""Facts of care that services share."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from xinyijian.people.models import Person, Region


class CoverageQuerySet(models.QuerySet):
    def in_force(self, on):
        """What counts on a day (both ends included)."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=on), starts_on__lte=on)


class Coverage(models.Model):
    """A filing or benefit in force (备案或待遇), written by the service that granted it and read by all others."""

    class Kind(models.TextChoices):
        REMOTE_FILING = "remote_filing", _("filing for care outside the home region")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    person = models.ForeignKey(Person, models.PROTECT, related_name="coverages", verbose_name=_("person"))
    case_number = models.CharField(_("case"), max_length=32, unique=True)
    platform_number = models.CharField(_("platform number"), max_length=30, blank=True)
    place = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("place of care"))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    ended_because = models.CharField(_("ended because"), max_length=40, blank=True)

    objects = CoverageQuerySet.as_manager()

    class Meta:
        verbose_name = _("coverage")
        verbose_name_plural = _("coverages")
        constraints = [
            models.CheckConstraint(condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")) | ~Q(ended_because=""), name="coverage_order")
        ]
        indexes = [models.Index(fields=["person", "kind", "starts_on"], name="coverage_of_person")]

    def __str__(self):
        return self.case_number
