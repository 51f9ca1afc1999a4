import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ..crypto import DigestField, EncryptedTextField
from .persons import Person
from .places import Organisation


class Contact(models.Model):
    """A way to reach a person beside her phone (联系方式), proved by a code; it ends, and is never written over."""

    class Kind(models.TextChoices):
        WECHAT = "wechat", _("WeChat")
        EMAIL = "email", _("e-mail")

    person = models.ForeignKey(Person, models.PROTECT, related_name="contacts", verbose_name=_("person"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    address = EncryptedTextField(_("address"))
    digest = DigestField(of="address", purpose="contact", db_index=True)
    since = models.DateTimeField(_("proved at"))
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("way to reach a person"), _("ways to reach a person")
        constraints = [
            models.UniqueConstraint(fields=["person", "kind"], condition=Q(ended_at=None), name="contact_one_of_a_kind"),
            models.CheckConstraint(condition=Q(ended_at=None) | Q(ended_at__gte=F("since")), name="contact_ends_after_it_begins"),
        ]

    def __str__(self):
        return f"{self.kind} {self.person_id}"


class ContactCode(models.Model):
    """A code that proves a way to reach somebody: typed into WeChat, or read from an e-mail."""

    token = models.UUIDField(primary_key=True, default=uuid.uuid4)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Contact.Kind)
    address = EncryptedTextField(blank=True)  # of an e-mail; WeChat tells its own
    code_digest = models.CharField(max_length=64, db_index=True)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name, verbose_name_plural = _("code of a way to reach"), _("codes of ways to reach")
        constraints = [models.CheckConstraint(condition=Q(tries__lte=5), name="contact_code_at_most_five_tries")]


class Wishes(models.Model):
    """Which way a person would like to be reached first, and which not at all; the portal, the phone and letters always stay."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="wishes", verbose_name=_("person"))
    first = models.CharField(_("first"), max_length=10, blank=True)
    without = models.JSONField(_("not by"), default=list, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("wishes"), _("wishes")


class PlatformKey(models.Model):
    """A hospital's keys at the insurance platform (医保平台密钥), sealed and never shown again; a new pair ends the old one."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="platform_keys", verbose_name=_("organisation"))
    sender_code = models.CharField(_("institution number"), max_length=12)
    access_key = EncryptedTextField(_("access key"))
    secret = EncryptedTextField(_("secret"))
    since = models.DateTimeField(_("since"))
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("set by"))
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("platform keys"), _("platform keys")
        constraints = [
            models.UniqueConstraint(fields=["organisation"], condition=Q(ended_at=None), name="platform_key_one_in_use"),
            models.UniqueConstraint(fields=["sender_code"], condition=Q(ended_at=None), name="platform_key_one_hospital_a_number"),
        ]

    def __str__(self):
        return f"{self.organisation_id} {self.since:%F}"
