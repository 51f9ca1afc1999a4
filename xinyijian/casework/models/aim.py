from django.db import models
from django.db.models import Q


class Aim(models.Model):
    """With which content of calendar and values all open cases were aimed last (一行); see aims.py."""

    version = models.CharField(max_length=40)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="aim_single")]

    def __str__(self):
        return self.version
