"""In whose name the platform is asked: each hospital has keys of its own, and the portal its own for what no hospital sends."""
from dataclasses import dataclass, field

from django.conf import settings
from django.utils.module_loading import import_string

from .errors import Unavailable


@dataclass(frozen=True, slots=True)
class Sender:
    """One party to the platform. The secret is in no text that this object is turned into."""

    code: str  # fixmedins_code
    name: str
    access_key: str
    secret: str = field(repr=False)


def sender_of(organisation_code: str = "") -> Sender:
    """The hospital's own keys, or the portal's for ""; Unavailable when that hospital has not been given any."""
    if not organisation_code:
        return _portal()
    found = import_string(settings.PLATFORM_KEYRING)(organisation_code)
    if found is None:
        raise Unavailable(f"no platform keys for {organisation_code}")
    return found


def _portal():
    us = settings.PLATFORM
    return Sender(us["fixmedins_code"], us["fixmedins_name"], us["access_key"], settings.PLATFORM_SECRET or settings.GATEWAY_SECRET)


def from_environment(organisation_code: str) -> Sender | None:
    """A keyring of settings.PLATFORM_SENDERS: {code: {name, access_key, secret}}."""
    row = settings.PLATFORM_SENDERS.get(organisation_code)
    return row and Sender(organisation_code, row.get("name", organisation_code), row["access_key"], row["secret"])
