"""What beat presses for people's doors."""
from celery import shared_task
from django.core.management import call_command


@shared_task
def clear_sessions():
    """Once a day: sessions that are over, evicted or left are not kept."""
    call_command("clearsessions")
