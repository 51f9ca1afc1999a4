"""GET /health: are database, broker, worker and beat alive? Worker and beat each leave a time in Redis; nobody else writes it."""
import time
from datetime import UTC, datetime

import psycopg2
import redis
import structlog
from celery import shared_task
from celery.beat import PersistentScheduler
from django.conf import settings
from django.db import connection
from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from redis.backoff import NoBackoff
from redis.retry import Retry

SECONDS_TO_ANSWER = 2  # for the database and for the broker
BEAT_KEY, WORKER_KEY = "xinyijian:beat", "xinyijian:worker"
STALE = {BEAT_KEY: 45, WORKER_KEY: 90}  # seconds; a worker may be busy with a long sweep

log = structlog.get_logger(__name__)


@never_cache
def health(request):
    """200 when every part is well, 503 with the parts that are not; it never raises and waits at most a few seconds."""
    parts = {"database": database(), **broker_and_processes(time.time())}
    well = all(part["ok"] for part in parts.values())
    return JsonResponse({"status": "ok" if well else "degraded", **parts}, status=200 if well else 503)


def database():
    """Opens a connection of its own: this also notices a server that takes no more connections, or hangs."""
    try:
        with_limits = connection.get_connection_params() | {"connect_timeout": SECONDS_TO_ANSWER}
        probe = psycopg2.connect(**{name: value for name, value in with_limits.items() if name not in ("cursor_factory", "context")})
        probe.close()
    except Exception as error:  # whatever is wrong with the database, the answer is "degraded", not a 500
        return unwell(error)
    return {"ok": True}


def broker_and_processes(now):
    """The broker, and what worker and beat last wrote into it; `now` in seconds since 1970."""
    try:
        beat, worker = redis_client().mget(BEAT_KEY, WORKER_KEY)
    except Exception as error:
        lost = {"ok": False, "error": "unknown without the broker"}
        return {"broker": unwell(error), "worker": lost, "beat": lost}
    return {"broker": {"ok": True}, "worker": seen(worker, now, STALE[WORKER_KEY]), "beat": seen(beat, now, STALE[BEAT_KEY])}


def unwell(error):
    """The kind of error only: its text may name hosts and users."""
    log.warning("health.unwell", error=str(error))
    return {"ok": False, "error": type(error).__name__}


def seen(raw, now, stale):
    """How long ago a process left its time; never seen is not well."""
    if raw is None:
        return {"ok": False, "last_seen": None}
    then = float(raw)
    return {"ok": now - then <= stale, "last_seen": datetime.fromtimestamp(then, UTC).isoformat(timespec="seconds")}


def redis_client():
    """The broker, with short time-outs and no second try."""
    limits = {"socket_timeout": SECONDS_TO_ANSWER, "socket_connect_timeout": SECONDS_TO_ANSWER, "retry": Retry(NoBackoff(), 0)}
    return redis.Redis.from_url(settings.CELERY_BROKER_URL, **limits)


def leave_time(key):
    """Write down that a process lives; a broker that is away is not this process's failure."""
    try:
        redis_client().set(key, time.time())
    except redis.exceptions.RedisError as error:
        log.warning("health.no_broker", error=str(error))


@shared_task
def heartbeat():
    """Sent by beat every few seconds: whoever runs it is a living worker."""
    leave_time(WORKER_KEY)


class Scheduler(PersistentScheduler):
    """Beat's own loop says that it lives, whether or not a worker takes what it sends."""

    def tick(self, *args, **kwargs):
        leave_time(BEAT_KEY)
        return super().tick(*args, **kwargs)
