"""How often one account may be tried wrongly in an hour from all addresses together, where axes counts each address by itself.

For doors behind which somebody has proved something already (the second step), and for keys of systems. An address from which the account
was opened before is left to axes: a stranger who guesses cannot shut the owner out there.
"""

import time

import structlog
from django.conf import settings
from django.core.cache import cache
from redis.exceptions import RedisError

from .crypto import blind_index
from .sign_in import address_of

HOUR, REMEMBERED = 3600, 30 * 24 * 3600  # seconds
log = structlog.get_logger(__name__)


def take(request, name: str, *, most: int = 0) -> int:
    """Count a try before it is made, so that many at once do not slip through: 0, or the seconds until the hour of the first one ends.

    `most` an hour; settings.WRONG_TRIES_AN_HOUR where nothing is said.
    """
    now = time.time()
    try:
        if cache.get(_home(request, name)):
            return 0
        cache.add(_count(name), 0, HOUR)
        tries, until = cache.incr(_count(name)), cache.get_or_set(_until(name), now + HOUR, HOUR)
    except (ValueError, RedisError):
        log.warning("tries_not_counted")
        return 0
    return min(HOUR, 1 + int(max(0, until - now))) if tries > (most or settings.WRONG_TRIES_AN_HOUR) else 0


def give_back(request, name: str, *, remember: bool = True) -> None:
    """The try was right: it does not count, and this address is known from now on, unless it must not be remembered."""
    try:
        if not cache.get(_home(request, name)):
            cache.decr(_count(name))
        if remember:
            cache.set(_home(request, name), 1, REMEMBERED)
    except (ValueError, RedisError):
        log.warning("tries_not_counted")


def forget(name: str) -> None:
    """Begin anew."""
    try:
        cache.delete_many([_count(name), _until(name)])
    except RedisError:
        log.warning("tries_not_counted")


def _count(name):
    return f"tries:{blind_index(name, 'sign-in')}"


def _until(name):
    return f"tries:until:{blind_index(name, 'sign-in')}"


def _home(request, name):
    return f"tries:home:{blind_index(f'{name} {address_of(request)}', 'sign-in')}"
