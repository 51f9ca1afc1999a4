import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from xinyijian.people.crypto import EncryptedTextField
from xinyijian.people.models import Person

from .docket import Docket


class DocumentQuerySet(models.QuerySet):
    def visible_to(self, user, at):
        """Those of the cases that the user may see; a reused paper is seen through each of its cases on its own."""
        return self.filter(docket__in=Docket.objects.visible_to(user, at).values("pk"))


class Document(models.Model):
    """A paper that somebody handed in for a case (材料). What is kept are drawn pages, never the received file itself."""

    uuid = models.UUIDField(_("address"), default=uuid.uuid4, unique=True, editable=False)
    docket = models.ForeignKey(Docket, models.PROTECT, related_name="documents", verbose_name=_("case"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="documents", verbose_name=_("whose paper"))
    kind = models.CharField(_("document"), max_length=40)  # a code of the case's list
    title = models.CharField(_("title"), max_length=100, blank=True)
    sha256 = models.CharField(_("SHA-256 of what was received"), max_length=64)
    mime = models.CharField(_("type received"), max_length=40)
    size = models.PositiveIntegerField(_("bytes received"))
    pages = models.PositiveSmallIntegerField(_("pages"))
    stored = models.CharField(_("stored under"), max_length=32)  # random; one encrypted file a page
    original_name = EncryptedTextField(_("name of the file"), blank=True)
    reused_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("given before as"))
    received_at = models.DateTimeField(_("received at"))
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("received by"))

    objects = DocumentQuerySet.as_manager()
    append_only = True  # evidence: a better copy is a further row

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        indexes = [
            models.Index(fields=["docket", "kind", "-id"], name="document_of_docket"),
            models.Index(fields=["person", "sha256"], name="document_same_paper"),
            models.Index(fields=["stored"], name="document_stored"),
        ]

    def __str__(self):
        return f"{self.docket_id} {self.kind}"
