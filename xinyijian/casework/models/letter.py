import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from xinyijian.audit.models import Event
from xinyijian.people.crypto import EncryptedTextField
from xinyijian.people.models import Region

from .docket import Docket


class LetterKind(models.TextChoices):
    """What a letter is; each kind has a series of numbers of its own."""

    ACCEPTED = "accepted", _("Notice of acceptance")
    GAP = "gap", _("Notice of acceptance with documents to follow")
    TOLD = "told_once", _("Notice of everything that is missing")
    NOT_ACCEPTED = "not_accepted", _("Decision not to accept")
    GRANTED = "granted", _("Decision: granted")
    REFUSED = "refused", _("Decision: refused")
    ENDED = "ended", _("Decision: ended")


class LetterSeries(models.Model):
    """The last number of a series (文号): one a region, year and kind of letter."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name=_("region"))
    year = models.PositiveSmallIntegerField(_("year"))
    kind = models.CharField(_("kind"), max_length=12, choices=LetterKind.choices)
    last = models.PositiveIntegerField(_("last number"))

    class Meta:
        verbose_name, verbose_name_plural = _("series of letters"), _("series of letters")
        constraints = [models.UniqueConstraint(fields=["region", "year", "kind"], name="letter_series_once")]

    def __str__(self):
        return f"{self.region_id} {self.year} {self.kind}"


class Letter(models.Model):
    """A letter of the bureau about a case (文书): numbered without gaps, its words kept as they were, never changed."""

    append_only = True

    uuid = models.UUIDField(_("address"), default=uuid.uuid4, unique=True, editable=False)
    docket = models.ForeignKey(Docket, models.PROTECT, related_name="letters", verbose_name=_("case"))
    event = models.OneToOneField(Event, models.PROTECT, related_name="letter", verbose_name=_("event"))
    kind = models.CharField(_("kind"), max_length=12, choices=LetterKind.choices)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name=_("region"))
    year = models.PositiveSmallIntegerField(_("year"))
    serial = models.PositiveIntegerField(_("number within the year"))
    number = models.CharField(_("number"), max_length=60, unique=True)
    code = models.CharField(_("confirmation code"), max_length=12, unique=True)  # with it anybody can ask whether it is from us
    issued_at = models.DateTimeField(_("issued at"))
    body = EncryptedTextField(_("text"))  # {language: what letter.typ prints} as JSON
    sha256 = models.CharField(_("SHA-256 of the text"), max_length=64)

    class Meta:
        verbose_name, verbose_name_plural = _("letter"), _("letters")
        constraints = [models.UniqueConstraint(fields=["region", "year", "kind", "serial"], name="letter_number_once")]

    def __str__(self):
        return self.number
