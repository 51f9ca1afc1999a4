"""The provincial credit subsystem: a person's grade as it stands there. Nothing is scored here.

Its interface is not published; this is the smallest question that can be asked of it, signed like our other doors.
"""
from dataclasses import dataclass
from datetime import date
from urllib.parse import urljoin

from django.conf import settings

from . import http, signing
from .errors import Rejected, Unavailable

GRADES = ("excellent", "good", "fair", "poor")
NOT_FOUND = 404


@dataclass(frozen=True, slots=True)
class Rating:
    """A grade, its first and last day, and the subsystem's own number of the statement."""

    grade: str
    valid_from: date
    valid_until: date | None
    reference: str


def read(cert_type: str, cert_number: str, name: str, *, key: str) -> Rating | None:
    """Her rating; None when she has none, which is "not verified" and no bad one. Unavailable or Rejected."""
    url = urljoin(settings.CREDIT_URL, "ratings/")
    body = http.encode({"cert_type": cert_type, "cert_number": cert_number, "name": name})
    status, answer = http.post(url, body, signing.sign(url, body, key=key))
    if status == NOT_FOUND and answer.get("code") == "not_rated":
        return None
    if status == http.SAID_NO:
        raise Rejected(str(answer.get("code", status)), str(answer.get("text", ""))[:200], str(answer.get("reference", ""))[:60])
    if status != 200:
        raise Unavailable(f"HTTP {status}")
    return _rating(answer)


def _rating(answer):
    try:
        first, last = (text and date.fromisoformat(text) for text in (answer["valid_from"], answer.get("valid_until")))
        found = Rating(answer["grade"], first, last or None, str(answer["reference"]))
    except (KeyError, TypeError, ValueError) as error:
        raise Unavailable("answer without a rating") from error
    if found.grade not in GRADES:
        raise Unavailable("unknown grade")
    return found
