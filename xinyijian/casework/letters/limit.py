"""So that nobody tries codes by the thousand: a count for each address and minute."""

from django.core.cache import cache
from redis.exceptions import RedisError

from xinyijian.people.sign_in import address_of

MOST, MINUTE = 30, 60  # pages, seconds


def too_many(request) -> bool:
    """Whether this visitor has asked more than 30 times within a minute. Without the cache nobody is: no code can be guessed."""
    key = f"verify:{address_of(request)}"
    try:
        cache.add(key, 0, MINUTE)
        return cache.incr(key) > MOST
    except (ValueError, RedisError):  # ValueError: the minute ended between the two
        return False
