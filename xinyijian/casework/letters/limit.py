"""So that nobody tries codes by the thousand: a count for each address and minute."""

from django.core.cache import cache
from redis.exceptions import RedisError

from xinyijian.people.sign_in import address_of

MOST, MINUTE = 30, 60  # pages, seconds


def too_many(request) -> bool:
    """Whether this visitor has asked more than 30 times within a minute. Without the cache nobody is: no code can be guessed."""
    return not within(f"verify:{address_of(request)}", most=MOST, seconds=MINUTE)


def within(key: str, *, most: int, seconds: int) -> bool:
    """Counts one more for that key, and says whether it is still no more than `most` in so many seconds."""
    try:
        cache.add(key, 0, seconds)
        return cache.incr(key) <= most
    except (ValueError, RedisError):  # ValueError: the time ended between the two
        return True
