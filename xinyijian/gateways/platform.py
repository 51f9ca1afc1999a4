"""The insurance platform, as far as a person's own filing goes.

No transaction number for it is published, so both numbers are settings and stay "unverified" until the platform's owner names them.
"""
import time

from django.conf import settings

from . import envelope, http, signing
from .errors import Rejected, Unavailable


def register_filing(payload: dict, *, key: str) -> str:
    """The platform's filing number; the same key always gives the same number. Unavailable or Rejected.

    `payload` must name insuplc_admdvs and mdtrtarea_admvs (six digits each) and begndate; further fields are passed on.
    """
    output = _call(settings.PLATFORM["register_filing"], payload, key=key)
    number = output.get("trt_dcla_detl_sn")
    if not number:
        raise Unavailable("answer without a filing number")
    return str(number)


def cancel_filing(number: str, *, key: str, because: str = "") -> None:
    """Take a registered filing back; doing it twice is one cancellation. Unavailable or Rejected."""
    _call(settings.PLATFORM["cancel_filing"], {"trt_dcla_detl_sn": number, "memo": because}, key=key)


def _call(infno: str, content: dict, *, key: str) -> dict:
    sender = settings.PLATFORM
    headers = signing.platform_headers(infno, sender["infver"], int(time.time() * 1000), sender["access_key"], settings.GATEWAY_SECRET)
    body = http.encode(envelope.request(infno, content))
    _, answer = http.post(settings.PLATFORM_URL, body, {**headers, "Idempotency-Key": key})
    return read_output(answer)


def read_output(answer: dict) -> dict:
    """Two shapes come back: the envelope, or the gateway's own {code, message}, which judges our key and clock and never the filing."""
    if "infcode" not in answer:
        raise Unavailable(f"gateway: {answer.get('code')} {answer.get('message')}")
    if str(answer["infcode"]) != "0":
        raise Rejected(str(answer["infcode"]), str(answer.get("err_msg", "")))
    output = answer.get("output")
    if not isinstance(output, dict):
        raise Unavailable("envelope without output")
    return output
