import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class OneTimeCode(models.Model):
    """A code asked for at the sign-in page (短信验证码), for a phone that may or may not be known to us."""

    token = models.UUIDField(primary_key=True, default=uuid.uuid4)  # kept in the asking browser's session
    purpose = models.CharField(max_length=12, default="sign_in")  # a code opens the door for which it was asked, and no other
    phone_digest = models.CharField(max_length=64)
    address_digest = models.CharField(max_length=64)  # of the asking IP address
    code_digest = models.CharField(max_length=64)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name, verbose_name_plural = _("one-time code"), _("one-time codes")
        indexes = [
            models.Index(fields=["phone_digest", "sent_at"], name="code_of_phone"),
            models.Index(fields=["address_digest", "sent_at"], name="code_of_address"),
        ]
        constraints = [models.CheckConstraint(condition=Q(tries__lte=5), name="code_at_most_five_tries")]
