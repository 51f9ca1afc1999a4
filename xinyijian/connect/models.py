"""Client: the key of an organisation's system."""

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from oauth2_provider.models import AbstractApplication

from xinyijian.casework.api.caller import LIVE, SANDBOX
from xinyijian.people.models import Organisation


class Client(AbstractApplication):
    """A key by which a system of an organisation comes in (接入密钥). Its secret is kept as a hash and shown once.

    `organisation` made it; `acts_at` is where it acts: the same, or in the sandbox a twin that knows made-up people only.
    """

    class Environment(models.TextChoices):
        LIVE = LIVE, _("live")
        SANDBOX = SANDBOX, _("sandbox")

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="clients", verbose_name=_("organisation"))
    acts_at = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("acts at"))
    acts_as = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="client", verbose_name=_("acts as"))
    environment = models.CharField(_("environment"), max_length=8, choices=Environment)
    scopes = ArrayField(models.CharField(max_length=40), verbose_name=_("scopes"))
    start_key = models.UUIDField(unique=True, editable=False)  # of the form that made it: two posts are one key
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("made by"))
    made_at = models.DateTimeField(_("made"))
    rotated_at = models.DateTimeField(_("secret changed"), null=True, blank=True)
    old_secret = models.CharField(max_length=255, blank=True, editable=False)  # hash of the one before, good until:
    old_until = models.DateTimeField(_("old secret good until"), null=True, blank=True)
    used_at = models.DateTimeField(_("last used"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("key"), _("keys")
        ordering = ["-made_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(environment=SANDBOX) | Q(acts_at=models.F("organisation")), name="client_acts_at_home")
        ]

    def is_usable(self, request):
        """Asked by django-oauth-toolkit before it gives a token."""
        return self.revoked_at is None and self.acts_as.is_active

    def overlaps(self, at) -> bool:
        """Whether the secret before this one is still good."""
        return bool(self.old_until and at < self.old_until)

    def accepts(self, secret: str, at) -> bool:
        """Whether this is its secret, or the one before while both are good."""
        stored = [self.client_secret] + ([self.old_secret] if self.overlaps(at) else [])
        return any([check_password(secret, one) for one in stored])  # all are tried: time tells nothing
