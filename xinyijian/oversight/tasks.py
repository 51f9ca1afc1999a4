"""Proofs that were asked for."""

from celery import shared_task
from django.utils import timezone

from . import proof


@shared_task
def run_proofs():
    """Every minute: whatever waits."""
    return proof.run_waiting(timezone.now())
