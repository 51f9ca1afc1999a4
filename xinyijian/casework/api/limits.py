"""How often a client may call in a minute: counted in the cache for all processes, spent in small lots so that most calls ask nobody."""

import threading
import time

import structlog
from django.conf import settings
from django.core.cache import cache
from redis.exceptions import RedisError

from .problems import Problem

MINUTE, HOUR = 60, 3600
LOTS = 50  # a minute's calls are handed out in so many parts; what a process does not use of a part is lost
log = structlog.get_logger(__name__)
_lock = threading.Lock()
_purses: dict[str, list[int]] = {}  # client -> [minute, calls left]
_missed: dict[str, int] = {}  # client -> the hour in which it has asked for too many people who are not there


def spend(client_id: str) -> None:
    """One call of this client; Problem "too_many_requests" says when the next minute begins."""
    now = time.time()
    minute = int(now // MINUTE)
    with _lock:
        purse = _purses.setdefault(client_id, [minute, 0])
        if purse[0] != minute:
            purse[:] = [minute, 0]
        if purse[1] == 0:
            purse[1] = _fetch(client_id, minute)
        if purse[1] == 0:
            raise Problem("too_many_requests", retry_after=MINUTE - int(now % MINUTE))
        purse[1] -= 1


def may_miss(client_id: str) -> None:
    """Before somebody is looked up: Problem "too_many_requests" for a key that has guessed too often in this hour. Asks nobody."""
    now = time.time()
    if _missed.get(client_id) == int(now // HOUR):
        raise Problem("too_many_requests", retry_after=HOUR - int(now % HOUR))


def miss(client_id: str) -> None:
    """One look that found nobody; beyond settings.API_MISSES_AN_HOUR nothing is looked up until the next hour begins."""
    hour = int(time.time() // HOUR)
    key = f"api:misses:{client_id}:{hour}"
    try:
        cache.add(key, 0, 2 * HOUR)
        count = cache.incr(key)
    except (ValueError, RedisError):
        log.warning("misses_not_counted", client=client_id)
        return
    if count > settings.API_MISSES_AN_HOUR:
        _missed[client_id] = hour
        may_miss(client_id)


def forget() -> None:
    """Empty purses, for tests."""
    _purses.clear()
    _missed.clear()


def _fetch(client_id, minute) -> int:
    """The next lot of this minute, 0 when all is spent. Without the cache nobody is slowed down: the interface is not what protects."""
    most = settings.API_CALLS_A_MINUTE
    lot, key = max(1, most // LOTS), f"api:calls:{client_id}:{minute}"
    try:
        cache.add(key, 0, 2 * MINUTE)
        spent = cache.incr(key, lot)
    except (ValueError, RedisError):
        log.warning("calls_not_counted", client=client_id)
        return lot
    return max(0, min(lot, most - (spent - lot)))
