"""Text messages. The operator keeps one message per key, so a repeated send costs nothing and reaches nobody twice."""
from urllib.parse import urljoin

from django.conf import settings

from . import http, signing
from .errors import Rejected, Unavailable


def send(phone: str, text: str, *, key: str) -> str:
    """The operator's receipt ID; Unavailable or Rejected. Delivery is told later, by a signed callback."""
    url = urljoin(settings.SMS_URL, "messages/")
    body = http.encode({"phone": phone, "text": text})
    status, answer = http.post(url, body, signing.sign(url, body, key=key))
    if status == http.SAID_NO:
        raise Rejected(str(answer.get("code", status)), str(answer.get("text", "")))
    if not answer.get("receipt"):
        raise Unavailable(f"HTTP {status} without a receipt")
    return str(answer["receipt"])
