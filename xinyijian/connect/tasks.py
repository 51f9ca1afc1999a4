"""What grows old: tokens when they are over. Kept answers go with everything else that has a term (casework/retention.py)."""

from celery import shared_task
from oauth2_provider.models import clear_expired


@shared_task
def clear_tokens() -> None:
    """Expired tokens open nothing; they go."""
    clear_expired()
