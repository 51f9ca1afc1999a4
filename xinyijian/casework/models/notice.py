from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xinyijian.audit.models import Event
from xinyijian.people.models import Person

from .docket import Docket


class Notice(models.Model):
    """A message to a person (通知): in the portal at once, and sent to her phone by the sweep of the outbox."""

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting to be sent")
        SENT = "sent", _("handed to the carrier")
        DELIVERED = "delivered", _("delivered")
        FAILED = "failed", _("could not be delivered: to be phoned")
        PORTAL = "portal", _("in the portal only")

    event = models.ForeignKey(Event, models.PROTECT, related_name="notices", verbose_name=_("event"))
    docket = models.ForeignKey(Docket, models.PROTECT, related_name="notices", verbose_name=_("case"))
    recipient = models.ForeignKey(Person, models.PROTECT, related_name="notices", verbose_name=_("recipient"))
    template = models.CharField(_("template"), max_length=80)
    language = models.CharField(_("language"), max_length=10)
    text = models.TextField(_("text"))  # rendered when queued; names nobody
    at = models.DateTimeField(_("queued at"))
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    next_try_at = models.DateTimeField(_("next try"), null=True, blank=True)  # null: nothing left to do
    receipt = models.CharField(_("receipt"), max_length=60, blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    answered_at = models.DateTimeField(_("receipt at"), null=True, blank=True)
    problem = models.CharField(_("problem"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        indexes = [
            models.Index(fields=["next_try_at", "id"], name="notice_outbox", condition=Q(next_try_at__isnull=False)),
            models.Index(fields=["recipient", "-id"], name="notice_of_person"),
            models.Index(fields=["receipt"], name="notice_receipt", condition=~Q(receipt="")),
        ]
        constraints = [models.UniqueConstraint(fields=["event", "recipient"], name="notice_once")]

    def __str__(self):
        return f"{self.template} {self.docket_id}"
