"""Event: who did what to what, and when. Seal: the proof that nobody rewrote it."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class TransactionId(models.Func):
    """The number of the transaction that writes the row; see migration 0001 for what survives a restore."""

    function = "audit_transaction"
    output_field = models.BigIntegerField()


class Event(models.Model):
    """One thing that happened (事件). References, not names: whoever may read an event may not yet read the person.

    Plain numbers instead of foreign keys, because what happened stays true when a row elsewhere goes, and because
    the clock writes two thousand of these in one statement.
    """

    append_only = True

    kind = models.CharField(max_length=60)  # "remote_care.Filing", "people.Grant", "documents.read"
    object_id = models.BigIntegerField(null=True)
    person_id = models.BigIntegerField(null=True)  # whose data it touches
    verb = models.CharField(max_length=40)
    source = models.CharField(max_length=30, default="", blank=True)
    target = models.CharField(max_length=30, default="", blank=True)
    by_id = models.BigIntegerField(null=True)  # null: the clock or another system
    by_label = models.CharField(max_length=60, default="", blank=True)
    on_behalf_of_id = models.BigIntegerField(null=True)
    region = models.CharField(max_length=6, default="", blank=True)
    at = models.DateTimeField()  # business time; a demo may have moved it
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)  # the server's own clock
    txid = models.BigIntegerField(db_default=TransactionId(), editable=False)
    data = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        indexes = [
            models.Index(fields=["kind", "object_id", "id"], name="event_of_object"),
            models.Index(fields=["person_id", "id"], name="event_of_person"),
            models.Index(fields=["txid", "id"], name="event_to_seal"),
            models.Index(fields=["region", "-at", "-id"], name="event_of_region"),  # the auditor's search
            models.Index(fields=["by_id", "-at", "-id"], name="event_of_actor", condition=models.Q(by_id__isnull=False)),
            models.Index(  # rare deeds that are looked at first
                fields=["region", "verb", "-at", "-id"], name="event_watched", condition=models.Q(verb__in=["unmask", "reveal", "export"])
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.object_id or ''} {self.verb}"


class Seal(models.Model):
    """The fingerprint of a batch of events, chained to the batch before (封存).

    It covers the events after the previous seal's (last_txid, last_event) up to its own, in that order.
    """

    append_only = True

    last_txid = models.BigIntegerField()
    last_event = models.BigIntegerField()
    count = models.IntegerField()
    leaves = models.BinaryField()  # per event its id (8 bytes) and its sha256 (32 bytes): lets the verifier name a row
    previous = models.BinaryField()  # root of the seal before; empty for the first
    root = models.BinaryField()  # sha256 over previous, last_txid, last_event and leaves
    sealed_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("seal")
        verbose_name_plural = _("seals")

    def __str__(self):
        return f"{self.pk}: {bytes(self.root).hex()[:16]}"
