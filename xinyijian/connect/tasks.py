"""What grows old: kept answers after a week, tokens when they are over."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone
from oauth2_provider.models import clear_expired

from xinyijian.casework.models import KeptAnswer

KEPT = timedelta(days=7)  # a client that repeats a request later than this does it anew


@shared_task
def forget_answers() -> int:
    """How many answers were forgotten; expired tokens go with them."""
    clear_expired()
    return KeptAnswer.objects.filter(at__lt=timezone.now() - KEPT).delete()[0]
