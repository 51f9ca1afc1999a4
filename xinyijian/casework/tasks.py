"""What beat and the pages nudge. A lost message costs nothing: the rows are still there for the next sweep."""
import structlog
from celery import current_app, shared_task
from django.utils import timezone
from kombu.exceptions import OperationalError

from xinyijian.people import retention
from xinyijian.policies import refresh

from . import aims, clock, delivery, documents, errands
from .business_time import business_now

log = structlog.get_logger(__name__)
# A line of its own: on the shared one kombu waits six seconds for a broker that is away, and for ever for one that hangs.
BRIEF = {"socket_connect_timeout": 0.4, "socket_timeout": 0.4, "max_retries": 1, "interval_start": 0, "interval_step": 0, "interval_max": 0}


@shared_task
def tick():
    """Every minute: press what is due."""
    refresh()
    now = business_now()
    aims.follow_the_calendar(now)
    return clock.tick(now)


@shared_task
def deliver():
    """Send what waits in the outbox."""
    return delivery.send_due(business_now())


@shared_task
def run_errands():
    """Ask other systems what has to be asked."""
    return errands.run_due(business_now())


@shared_task
def sweep_documents():
    """Once a day: pages that were written for a transaction which then failed must not lie about."""
    return documents.sweep(older_than=86400)


@shared_task
def sweep_retention():
    """Once a day: what was kept long enough goes."""
    refresh()
    return retention.sweep_all(business_now(), real=timezone.now())


def nudge():
    """After a deed: let the worker look at once instead of at the next sweep. Without a broker it simply takes a little longer."""
    try:
        with current_app.connection_for_write(transport_options=BRIEF) as line:
            for task in (run_errands, deliver):
                task.apply_async(connection=line, retry=False, expires=30)
    except OperationalError:
        log.warning("broker_away")
