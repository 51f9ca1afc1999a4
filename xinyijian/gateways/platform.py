"""The insurance platform: one call for every transaction, and what a person's own filing needs of it.

No transaction number for that filing is published: both numbers are settings, "unverified" until the platform's owner names them.
"""
import time

import structlog
from django.conf import settings

from . import envelope, http, signing
from .envelope import Reply
from .errors import Unavailable
from .senders import Sender, sender_of

log = structlog.get_logger(__name__)


def call(infno: str, content: dict, *, sender: Sender, key: str, insured_in: str = "", care_in: str = "") -> Reply:
    """One transaction in the sender's name; the same key is the same deed. Unavailable or Rejected."""
    frame = envelope.request(infno, content, sender=sender, insured_in=insured_in, care_in=care_in)
    headers = signing.platform_headers(infno, frame["infver"], int(time.time() * 1000), sender.access_key, sender.secret)
    _, answer = http.post(settings.PLATFORM_URL, http.encode(frame), {**headers, "Idempotency-Key": key})
    reply = envelope.read(answer)
    log.info("platform_answered", infno=infno, msgid=frame["msgid"], reference=reply.reference)
    return reply


def register_filing(payload: dict, *, key: str) -> str:
    """The platform's filing number; the same key always gives the same number. Unavailable or Rejected.

    `payload` must name insuplc_admdvs and mdtrtarea_admvs (six digits each) and begndate; further fields are passed on.
    """
    number = _filing("register_filing", payload, key=key).get("trt_dcla_detl_sn")
    if not number:
        raise Unavailable("answer without a filing number")
    return str(number)


def cancel_filing(number: str, *, key: str, because: str = "") -> None:
    """Take a registered filing back; doing it twice is one cancellation. Unavailable or Rejected."""
    _filing("cancel_filing", {"trt_dcla_detl_sn": number, "memo": because}, key=key)


def _filing(deed, payload, *, key):
    places = {"insured_in": payload.get("insuplc_admdvs", ""), "care_in": payload.get("mdtrtarea_admvs", "")}
    return call(settings.PLATFORM[deed], payload, sender=sender_of(), key=key, **places).output
