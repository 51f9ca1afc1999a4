from django.db import models
from django.db.models import Q


class DemoClock(models.Model):
    """How far the demo's business time is ahead of real time (演示时钟); one row, used in demo mode only."""

    seconds_ahead = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="demo_clock_single"),
            models.CheckConstraint(condition=Q(seconds_ahead__gte=0), name="demo_clock_forward"),
        ]

    def __str__(self):
        return f"+{self.seconds_ahead} s"
