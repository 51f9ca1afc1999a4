"""A bearer token becomes a Caller. What it is good for is remembered in this process for a minute at most, so revoking takes a minute."""

import hashlib
import threading
from time import monotonic

from django.utils import timezone
from oauth2_provider.models import get_access_token_model
from rest_framework.authentication import BaseAuthentication

from xinyijian.casework.api.caller import Caller
from xinyijian.casework.api.problems import Problem
from xinyijian.people import scope

REMEMBERED = 60.0  # seconds
MOST = 5000  # tokens in memory
_known: dict[str, tuple[Caller, float]] = {}
_lock = threading.Lock()


class ByToken(BaseAuthentication):
    """`Authorization: Bearer …`, and nothing else: no cookie, no query parameter."""

    def authenticate(self, request):
        scheme, _space, token = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            return None
        caller = caller_of(token)
        if caller is None:
            raise Problem("unauthenticated")
        return caller.user, caller

    def authenticate_header(self, request):
        return 'Bearer realm="api"'


def caller_of(token: str) -> Caller | None:
    """Who the token belongs to; None for one that is unknown, over, or of a key that was revoked."""
    digest = hashlib.sha256(token.encode("utf-8", "surrogateescape")).hexdigest()
    caller, until = _known.get(digest, (None, 0.0))
    if monotonic() < until:
        return caller
    found = _load(digest)
    if found is None:
        return None
    caller, seconds = found
    with _lock:
        if len(_known) >= MOST:
            _known.clear()
        _known[digest] = caller, monotonic() + min(REMEMBERED, seconds)
    return caller


def forget() -> None:
    """Drop what this process remembers."""
    _known.clear()


def _load(digest):
    now = timezone.now()
    tokens = get_access_token_model().objects.select_related("application__acts_as", "application__acts_at")
    token = tokens.filter(
        token_checksum=digest, expires__gt=now, application__revoked_at=None, application__acts_as__is_active=True
    ).first()
    if token is None:
        return None
    client = token.application
    scope.posts_of(client.acts_as, now)  # read once for all calls of the next minute
    place = client.acts_at
    scopes = frozenset(token.scope.split())
    caller = Caller(client.client_id, place.pk, place.code, place.kind, place.region_id, client.environment, scopes, client.acts_as)
    return caller, (token.expires - now).total_seconds()
