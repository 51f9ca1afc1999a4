"""One way to speak to the outside: POST JSON, wait a little, never retry here (the outbox does, with the same key)."""
import json

import urllib3
from django.conf import settings
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from .deadline import deadline, watch
from .errors import Unavailable

LARGEST_ANSWER = 1_000_000  # bytes
SAID_NO = 422  # every other 4xx is about our key, our clock, our address or their load, and no "no" to what was asked


class _Known:
    """A connection that tells its thread's deadline which socket it uses."""

    def request(self, *args, **options):
        if self.sock is None:
            self.connect()
        watch(self.sock)
        return super().request(*args, **options)


class _Plain(_Known, HTTPConnection):
    pass


class _Sealed(_Known, HTTPSConnection):
    pass


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _Plain


class _SealedPool(HTTPSConnectionPool):
    ConnectionCls = _Sealed


pool = urllib3.PoolManager(maxsize=8)
pool.pool_classes_by_scheme = {"http": _PlainPool, "https": _SealedPool}


def encode(body: dict) -> bytes:
    """The exact bytes that are signed and sent."""
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


def post(url: str, body: bytes, headers: dict) -> tuple[int, dict]:
    """HTTP status and the JSON object that came back; Unavailable after settings.GATEWAY_TIMEOUT seconds, on 5xx, or without JSON."""
    status, answer = _exchange(url, body, {"Content-Type": "application/json", **headers})
    if status >= 500:
        raise Unavailable(f"HTTP {status}")
    return status, _object(answer)


def _exchange(url, body, headers):
    try:
        with deadline(settings.GATEWAY_TIMEOUT):
            timeout = urllib3.Timeout(total=settings.GATEWAY_TIMEOUT)
            response = pool.request("POST", url, body=body, headers=headers, timeout=timeout, retries=False,
                                    redirect=False, preload_content=False, decode_content=False)
            return response.status, _read(response)
    except urllib3.exceptions.TimeoutError as error:  # the wait for one read ends at the same moment and may be seen first
        raise Unavailable("deadline") from error
    except (urllib3.exceptions.HTTPError, OSError) as error:
        raise Unavailable(type(error).__name__) from error


def _read(response):
    """At most LARGEST_ANSWER; a line on which more is coming is hung up, since nobody will read the rest."""
    answer = response.read(LARGEST_ANSWER + 1)
    if len(answer) > LARGEST_ANSWER:
        response.close()
        raise Unavailable("answer too long")
    response.release_conn()
    return answer


def _object(answer: bytes) -> dict:
    try:
        found = json.loads(answer)
    except ValueError as error:
        raise Unavailable("not JSON") from error
    if not isinstance(found, dict):
        raise Unavailable("not a JSON object")
    return found
