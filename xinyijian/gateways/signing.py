"""Signatures of what goes out and what comes in. They keep real time: a simulated clock must not open the window."""
import base64
import hashlib
import hmac
import time
from urllib.parse import urlsplit

from django.conf import settings

WINDOW = 300  # seconds that a signed message stays good
TIMESTAMP, SIGNATURE, KEY = "X-Gateway-Timestamp", "X-Gateway-Signature", "Idempotency-Key"


class BadSignature(Exception):
    """Not signed with our secret, or too long ago."""


def sign(url: str, body: bytes, *, key: str, now: float | None = None) -> dict[str, str]:
    """Headers that bind path, idempotency key, time and body together (HMAC-SHA256 with GATEWAY_SECRET)."""
    timestamp = str(int(time.time() if now is None else now))
    return {TIMESTAMP: timestamp, KEY: key, SIGNATURE: _mac(urlsplit(url).path, timestamp, key, body)}


def verify(path: str, body: bytes, headers) -> str:
    """The idempotency key of a message that is really ours; BadSignature otherwise."""
    timestamp, key = headers.get(TIMESTAMP, ""), headers.get(KEY, "")
    given = headers.get(SIGNATURE, "")
    if not (timestamp.isdecimal() and timestamp.isascii()) or abs(time.time() - int(timestamp)) > WINDOW:
        raise BadSignature("outside the time window")
    if not hmac.compare_digest(given.encode(), _mac(path, timestamp, key, body).encode()):
        raise BadSignature("signature differs")
    return key


def _mac(path, timestamp, key, body):
    text = "\n".join([path, timestamp, key, hashlib.sha256(body).hexdigest()])
    return base64.b64encode(hmac.digest(settings.GATEWAY_SECRET.encode(), text.encode(), "sha256")).decode()


def platform_headers(name: str, version: str, timestamp_ms: int, access_key: str, secret: str) -> dict[str, str]:
    """The insurance platform's five gateway headers; the signature is HMAC-SHA1 over the other four in natural order."""
    four = {"_api_access_key": access_key, "_api_name": name, "_api_timestamp": str(timestamp_ms), "_api_version": version}
    text = "&".join(f"{header}={value}" for header, value in sorted(four.items()))
    mac = hmac.digest(secret.encode(), text.encode(), "sha1")
    return {**four, "_api_signature": base64.b64encode(mac).decode()}
