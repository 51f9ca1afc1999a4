from django.db import models


class KeptAnswer(models.Model):
    """What a machine was answered to a write (幂等记录), written with the effect itself: who repeats the request gets this again."""

    client_id = models.CharField(max_length=255)
    key = models.CharField(max_length=200)
    fingerprint = models.CharField(max_length=64)  # of method, address and body
    code = models.PositiveSmallIntegerField()
    body = models.TextField()  # sealed: it may name a person
    location = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["client_id", "key"], name="kept_answer_once")]
        indexes = [models.Index(fields=["at"], name="kept_answer_age")]
