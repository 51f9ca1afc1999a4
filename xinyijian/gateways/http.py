"""One way to speak to the outside: POST JSON, wait a little, never retry here (the outbox does, with the same key)."""
import json
import socket
import threading
from contextlib import contextmanager, suppress

import urllib3
from django.conf import settings
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from .errors import Unavailable

LARGEST_ANSWER = 1_000_000  # bytes
SAID_NO = 422  # every other 4xx is about our key, our clock, our address or their load, and no "no" to what was asked

_mine = threading.local()  # the line on which this thread is speaking just now


class _Known:
    """A connection that tells its thread's deadline which socket it uses."""

    def request(self, *args, **options):
        if self.sock is None:
            self.connect()
        _mine.socket = self.sock
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
        with _deadline(settings.GATEWAY_TIMEOUT) as timeout:
            response = pool.request("POST", url, body=body, headers=headers, timeout=timeout, retries=False,
                                    redirect=False, preload_content=False, decode_content=False)
            return response.status, _read(response)
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


@contextmanager
def _deadline(seconds):
    """Hangs up when the whole exchange has taken that long: a timeout of a single read never ends for an answer that trickles."""
    _mine.socket, late, talker = None, threading.Event(), _mine.__dict__
    watch = threading.Timer(seconds, _hang_up, [talker, late])
    watch.daemon = True
    watch.start()
    try:
        yield urllib3.Timeout(total=seconds)
        if late.is_set():  # a line that was cut may look like the end of an answer
            raise Unavailable("deadline")
    finally:
        watch.cancel()
        _mine.socket = None


def _hang_up(talker, late):
    late.set()
    line = talker.get("socket")
    with suppress(OSError):
        if line is not None:
            line.shutdown(socket.SHUT_RDWR)


def _object(answer: bytes) -> dict:
    try:
        found = json.loads(answer)
    except ValueError as error:
        raise Unavailable("not JSON") from error
    if not isinstance(found, dict):
        raise Unavailable("not a JSON object")
    return found
