"""One way to speak to the outside: POST JSON, wait a little, never retry here (the outbox does, with the same key)."""
import json

import urllib3
from django.conf import settings

from .errors import Unavailable

LARGEST_ANSWER = 1_000_000  # bytes
SAID_NO = 422  # every other 4xx is about our key, our clock, our address or their load, and no "no" to what was asked

pool = urllib3.PoolManager(maxsize=8)


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
    timeout = urllib3.Timeout(total=settings.GATEWAY_TIMEOUT)
    try:
        response = pool.request("POST", url, body=body, headers=headers, timeout=timeout, retries=False, preload_content=False)
        try:
            return response.status, response.read(LARGEST_ANSWER)
        finally:
            response.drain_conn()
            response.release_conn()
    except (urllib3.exceptions.HTTPError, OSError) as error:
        raise Unavailable(type(error).__name__) from error


def _object(answer: bytes) -> dict:
    try:
        found = json.loads(answer)
    except ValueError as error:
        raise Unavailable("not JSON") from error
    if not isinstance(found, dict):
        raise Unavailable("not a JSON object")
    return found
