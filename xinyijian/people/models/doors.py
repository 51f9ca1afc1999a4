"""What opens a door beside phone and password: authenticator, backup codes, and a binding to a provincial sign-on."""
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..crypto import EncryptedTextField
from .users import User


class Authenticator(models.Model):
    """The app that makes a member of staff's six digits (动态口令, RFC 6238). Its secret is sealed like a personal text."""

    user = models.OneToOneField(User, models.CASCADE, verbose_name=_("user"), related_name="authenticator")
    secret = EncryptedTextField(_("secret"))  # base32
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)  # until then she is still setting it up
    last_step = models.BigIntegerField(default=0)  # of 30 seconds; a code of this step or an earlier one is used up

    class Meta:
        verbose_name, verbose_name_plural = _("authenticator"), _("authenticators")

    def __str__(self):
        return str(self.user)


class BackupCode(models.Model):
    """One of the codes for a day without the phone (备用码); we keep its digest only."""

    user = models.ForeignKey(User, models.CASCADE, verbose_name=_("user"), related_name="backup_codes")
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(_("used"), null=True)

    class Meta:
        verbose_name, verbose_name_plural = _("backup code"), _("backup codes")
        constraints = [models.UniqueConstraint(fields=["user", "digest"], name="backup_code_once")]


class Binding(models.Model):
    """Who a provincial sign-on means by a subject (统一身份认证绑定). Written by proof or by a security administrator, never by a name."""

    user = models.ForeignKey(User, models.CASCADE, verbose_name=_("user"), related_name="bindings")
    issuer = models.CharField(_("sign-on"), max_length=200)
    subject = models.CharField(_("subject there"), max_length=200)
    bound_at = models.DateTimeField(_("bound"))
    bound_by = models.ForeignKey(User, models.PROTECT, verbose_name=_("bound by"), null=True, blank=True, related_name="+")

    class Meta:
        verbose_name, verbose_name_plural = _("binding to a sign-on"), _("bindings to a sign-on")
        constraints = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="binding_subject_once"),
            models.UniqueConstraint(fields=["issuer", "user"], name="binding_user_once"),
            models.CheckConstraint(condition=~models.Q(bound_by=models.F("user")), name="binding_not_by_oneself"),
        ]

    def __str__(self):
        return f"{self.user} · {self.issuer}"
