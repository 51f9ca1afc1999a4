from django.apps import apps
from django.conf import settings
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from xinyijian.people import authority, scope
from xinyijian.people.models import Organisation, Person, Region

APPLICANT = "applicant"  # the queue of cases in which the person herself has to do something
HERS = Q(queue_role=APPLICANT) | Q(due_name="correct")  # what was sent back is hers to mend, also where it waits at whoever filed it


def seen_by(user, at) -> Q:
    """Which rows with person, region and organisation a user may see at a moment. Everything else does not exist (404)."""
    if user.is_superuser:
        return Q(pk__isnull=False)  # an empty Q would vanish in an "or"
    seen = Q(pk__in=[])
    if regions := scope.regions_of(user, "casework.read", at):
        seen |= Q(region__in=regions)
    if organisations := scope.organisations_of(user, "casework.read", at):
        seen |= Q(organisation__in=organisations)
    return seen


class DocketQuerySet(models.QuerySet):
    def visible_to(self, user, at):
        """Own cases, those of people who granted it for that service, and those where a post lets her read cases."""
        return self.filter(seen_by(user, at) | _own(user, at))

    def waiting_for(self, role):
        """What somebody with this role has to move now."""
        return self.filter(closed_at=None, queue_role=role)


def _own(user, at):
    if not user.person_id:
        return Q(pk__in=[])
    served = authority.served_by(user, at)
    own = Q(person__in={user.person_id} | served.get("*", set()))
    for label, kinds in _services().items():
        if persons := served.get(label):
            own |= Q(kind__in=kinds, person__in=persons)
    return own


def _services():
    from .case import Case

    found = {}
    for model in apps.get_models():
        if issubclass(model, Case):
            found.setdefault(model._meta.app_label, []).append(model._meta.label)
    return found


class Docket(models.Model):
    """Entry of a case in the register (登记簿): what the worklist reads and what documents, gaps and notices point to."""

    number = models.CharField(_("number"), max_length=32, unique=True)
    kind = models.CharField(_("kind"), max_length=40)
    person = models.ForeignKey(Person, models.PROTECT, related_name="dockets", verbose_name=_("person"))
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name=_("region"))
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("organisation"))
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("opened by"))
    opened_at = models.DateTimeField(_("opened at"))
    occurred_at = models.DateTimeField(_("truly happened at"), null=True, blank=True)  # of what was entered late, from paper
    # From here on a pure function of the case, written by act alone.
    status = models.CharField(_("status"), max_length=30)
    queue_role = models.CharField(_("whose turn"), max_length=30, blank=True)
    due_name = models.CharField(_("what is due"), max_length=40, blank=True)
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    received_at = models.DateTimeField(_("received"), null=True, blank=True)  # when it was first truly sent; a draft is not yet

    objects = DocketQuerySet.as_manager()

    class Meta:
        verbose_name = _("register entry")
        verbose_name_plural = _("register")
        indexes = [
            models.Index(
                fields=["region", "queue_role", "due_at", "id"],
                name="docket_waiting",
                condition=Q(closed_at=None) & ~Q(queue_role__in=["", APPLICANT]),
            ),
            models.Index(
                fields=["organisation", "queue_role", "due_at", "id"],
                name="docket_waiting_at",
                condition=Q(closed_at=None, organisation__isnull=False) & ~Q(queue_role__in=["", APPLICANT]),
            ),
            models.Index(fields=["organisation", "-id"], name="docket_of_organisation", condition=Q(organisation__isnull=False)),
            models.Index(fields=["person", "-id"], name="docket_of_person"),
            BrinIndex(fields=["received_at"], name="docket_received", pages_per_range=32),
        ]
        constraints = [
            # A worklist that is sorted by due date has no place for a case without one.
            models.CheckConstraint(
                condition=Q(queue_role="") | Q(due_at__isnull=False) | Q(closed_at__isnull=False), name="docket_waits_until"
            ),
            models.CheckConstraint(condition=Q(occurred_at=None) | Q(occurred_at__lte=F("opened_at")), name="docket_entered_afterwards"),
        ]

    def __str__(self):
        return self.number

    def case(self):
        """The case behind this entry; one query."""
        return self.case_class.objects.get(docket=self)

    @property
    def case_class(self):
        return apps.get_model(self.kind)
