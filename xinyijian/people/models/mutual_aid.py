from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .persons import Person


class MutualAidQuerySet(models.QuerySet):
    def in_force(self, on):
        """The memberships to which both have agreed and that hold on that day, first and last day included."""
        both = {"holder_agreed_at__isnull": False, "member_agreed_at__isnull": False}
        return self.filter(Q(until=None) | Q(until__gte=on), since__lte=on, **both)

    def open(self, on):
        """Those in force, and those that wait for the other one to agree."""
        return self.filter(Q(until=None) | Q(until__gte=on))


class MutualAid(models.Model):
    """Membership in a family mutual-aid group (家庭共济): the holder's account may pay for the member.

    A link of its own: never derived from kinship, and it lets nobody act or benefit. The platform's own register cannot be read
    yet, so no row is confirmed by it: `source` says on what it rests.
    """

    class Source(models.TextChoices):
        DECLARED = "declared", _("declared by both")
        PAPER = "paper", _("entered at the counter from a paper")

    holder = models.ForeignKey(Person, models.PROTECT, verbose_name=_("account holder"), related_name="mutual_aid_given")
    member = models.ForeignKey(Person, models.PROTECT, verbose_name=_("member"), related_name="mutual_aid_held")
    since = models.DateField(_("first day"))
    until = models.DateField(_("last day"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=10, choices=Source)
    reference = models.CharField(_("reference"), max_length=60, blank=True)  # of the paper
    holder_agreed_at = models.DateTimeField(_("holder agreed"), null=True, blank=True)
    member_agreed_at = models.DateTimeField(_("member agreed"), null=True, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("recorded by"), related_name="+")

    objects = MutualAidQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("mutual-aid membership"), _("mutual-aid memberships")
        indexes = [models.Index(fields=["member", "holder"], name="mutual_aid_of_member")]
        constraints = [
            models.CheckConstraint(condition=~Q(holder=F("member")), name="mutual_aid_not_with_oneself"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="mutual_aid_ends_after_it_begins"),
            models.UniqueConstraint(fields=["holder", "member"], condition=Q(until=None), name="mutual_aid_one_open"),
        ]
