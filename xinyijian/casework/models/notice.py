from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xinyijian.audit.models import Event
from xinyijian.people import scope
from xinyijian.people.crypto import EncryptedTextField
from xinyijian.people.models import Person

from .docket import Docket


class Channel(models.TextChoices):
    """How a notice reaches somebody who does not look into the portal, in the order in which it is usually tried."""

    WECHAT = "wechat", _("WeChat")
    SMS = "sms", _("text message")
    EMAIL = "email", _("e-mail")
    PHONE = "phone", _("phone call")
    LETTER = "letter", _("letter")


PROBLEMS = {
    "no_address": _("no way to reach this person is known"),
    "no_receipt": _("nobody said that it arrived"),
    "bounced": _("the carrier could not deliver it"),
    "not_reached": _("called in vain"),
    "returned": _("the letter came back"),
    "died": _("the person has died"),
}


class Subject(models.TextChoices):
    """What a notice without a case is about: what ties two people, and is nobody's application."""

    KINSHIP = "kinship", _("a family link")
    ACTING = "acting", _("leave to act for somebody")
    MUTUAL_AID = "mutual_aid", _("a mutual-aid membership")


class NoticeQuerySet(models.QuerySet):
    def visible_to(self, user, at):
        """Those of the cases that a user may see, and those without a case of people insured where a post lets her read cases."""
        mine = Q() if user.is_superuser else Q(recipient__region__in=scope.regions_of(user, "casework.read", at))
        return self.filter(Q(docket__in=Docket.objects.visible_to(user, at).values("pk")) | Q(mine, docket=None))


class Notice(models.Model):
    """A message to a person (通知): in the portal at once, and taken down a ladder of channels until one says that it arrived."""

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting to be sent")
        SENT = "sent", _("handed to the carrier")
        DELIVERED = "delivered", _("delivered")
        FAILED = "failed", _("could not be delivered: to be phoned")
        LETTER = "letter", _("a letter is to be posted")
        POSTED = "posted", _("posted as a letter")
        PORTAL = "portal", _("in the portal only")
        STOPPED = "stopped", _("not sent: the person has died")

    event = models.ForeignKey(Event, models.PROTECT, related_name="notices", verbose_name=_("event"))
    docket = models.ForeignKey(Docket, models.PROTECT, null=True, blank=True, related_name="notices", verbose_name=_("case"))
    subject = models.CharField(_("about"), max_length=20, choices=Subject.choices, blank=True, default="", db_default="")  # without a case
    recipient = models.ForeignKey(Person, models.PROTECT, related_name="notices", verbose_name=_("recipient"))
    template = models.CharField(_("template"), max_length=80)
    language = models.CharField(_("language"), max_length=10)
    text = models.TextField(_("text"))  # rendered when queued; names nobody
    code = models.CharField(_("confirmation code"), max_length=12, blank=True)  # with it anybody can ask whether it is from us
    at = models.DateTimeField(_("queued at"))
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.QUEUED)
    channel = models.CharField(_("channel"), max_length=10, choices=Channel.choices, blank=True)  # the rung on which it stands
    attempts = models.PositiveIntegerField(_("attempts"), default=0)  # of this rung, like all that follows
    next_try_at = models.DateTimeField(_("next try"), null=True, blank=True)  # null: nothing left to do
    receipt = models.CharField(_("receipt"), max_length=60, blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    answered_at = models.DateTimeField(_("receipt at"), null=True, blank=True)
    problem = models.CharField(_("problem"), max_length=200, blank=True)  # a code or a carrier's own words, in no language of ours

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        indexes = [
            models.Index(fields=["next_try_at", "id"], name="notice_outbox", condition=Q(next_try_at__isnull=False)),
            models.Index(fields=["recipient", "-id"], name="notice_of_person"),
            models.Index(fields=["receipt"], name="notice_receipt", condition=~Q(receipt="")),
            models.Index(fields=["code"], name="notice_code", condition=~Q(code="")),
            models.Index(fields=["state", "id"], name="notice_by_hand", condition=Q(state__in=["failed", "letter", "stopped"])),
        ]
        constraints = [
            models.UniqueConstraint(fields=["event", "recipient"], name="notice_once"),
            models.CheckConstraint(
                name="notice_of_a_case_or_a_subject",
                condition=Q(docket__isnull=False, subject="") | Q(docket__isnull=True, subject__in=Subject.values)),
        ]

    def __str__(self):
        return f"{self.template} {self.docket_id or self.subject}"

    @property
    def region_id(self) -> str:
        """Whose rules it follows and whose staff look after it: the case's region, else where the recipient is insured."""
        return self.docket.region_id if self.docket_id else self.recipient.region_id

    @property
    def organisation_id(self) -> int | None:
        """Of the case, if a hospital has a hand in it."""
        return self.docket.organisation_id if self.docket_id else None

    @property
    def number(self) -> str:
        """Of the case; "" where there is none."""
        return self.docket.number if self.docket_id else ""

    @property
    def problem_words(self) -> str:
        """Why it did not arrive, in the reader's language; a carrier's own words as they came."""
        return PROBLEMS.get(self.problem, self.problem)


class Sending(models.Model):
    """What became of a notice on one rung of the ladder (投递记录): once a channel, so that nothing is sent twice on it."""

    class State(models.TextChoices):
        SENT = "sent", _("handed to the carrier")
        DELIVERED = "delivered", _("delivered")
        FAILED = "failed", _("not delivered")

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="sendings", verbose_name=_("notice"))
    channel = models.CharField(_("channel"), max_length=10, choices=Channel.choices)
    state = models.CharField(_("state"), max_length=10, choices=State.choices)
    at = models.DateTimeField(_("at"))
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    receipt = models.CharField(_("receipt"), max_length=60, blank=True)
    answered_at = models.DateTimeField(_("receipt at"), null=True, blank=True)
    problem = models.CharField(_("problem"), max_length=200, blank=True)
    said = EncryptedTextField(_("what was said"), blank=True, default="")  # on the phone, call by call

    class Meta:
        verbose_name, verbose_name_plural = _("sending"), _("sendings")
        constraints = [models.UniqueConstraint(fields=["notice", "channel"], name="sending_once_a_channel")]

    def __str__(self):
        return f"{self.channel} {self.notice_id}"
