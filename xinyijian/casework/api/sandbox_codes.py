"""Codes of made-up people: as on a phone, good for 60 seconds and once."""

import hashlib
import secrets

from django.core.cache import cache

LIFE = 60  # seconds


def show(organisation_code: str, psn_no: str) -> str:
    """A fresh code for this made-up person of this hospital's sandbox."""
    code = f"SANDBOX{secrets.token_hex(12)}"
    cache.set(_key(organisation_code, code), psn_no, LIFE)
    return code


def redeem(organisation_code: str, code: str) -> str | None:
    """Whose it is, the first time within a minute; None afterwards, and for any other text."""
    key = _key(organisation_code, code)
    psn_no = cache.get(key)
    return psn_no if psn_no and cache.delete(key) else None  # of two at once only one deletes it


def _key(organisation_code, code):
    return "sandbox:code:" + hashlib.sha256(f"{organisation_code} {code}".encode()).hexdigest()
