"""The second proof of staff: six digits of an authenticator (RFC 6238, as django-otp counts them), or a backup code."""
import base64
import secrets
from urllib.parse import quote, urlencode

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django_otp.oath import TOTP

from .crypto import blind_index, normalised
from .models import Authenticator, BackupCode

STEP, AROUND = 30, 1  # seconds; a clock may be one step off
BACKUP_CODES, LETTERS = 8, "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


def is_set_up(user) -> bool:
    """Whether the user has an authenticator that has proved itself."""
    return Authenticator.objects.filter(user=user, confirmed_at__isnull=False).exists()


def begin(user) -> Authenticator:
    """Her authenticator to set up; a new secret, unless one is shown to her already."""
    found, _new = Authenticator.objects.get_or_create(user=user, defaults={"secret": new_secret()})
    return found


def new_secret() -> str:
    """160 random bits in base32, without padding."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def address_of(authenticator) -> str:
    """What the QR code says to an authenticator app (otpauth://)."""
    issuer = settings.OFFICIAL_NAME or _("Demo system")
    facts = urlencode({"secret": authenticator.secret, "issuer": issuer, "digits": 6, "period": STEP}, quote_via=quote)
    return f"otpauth://totp/{quote(f'{issuer}:{authenticator.user.username}')}?{facts}"


@transaction.atomic
def confirm(user, typed: str, at) -> list[str]:
    """The first right code sets the authenticator up; returns the backup codes to be shown once, nothing for a wrong code."""
    if not (one := _locked(user)) or one.confirmed_at or not _use(one, typed, at):
        return []
    one.confirmed_at = at
    one.save(update_fields=["confirmed_at", "last_step"])
    return new_backup_codes(user)


@transaction.atomic
def check(user, typed: str, at) -> bool:
    """Whether this is a code of now that was never used, or an unused backup code; either is used up by it."""
    one = _locked(user)
    if one is None or not one.confirmed_at:
        return False
    if _use(one, typed, at):
        one.save(update_fields=["last_step"])
        return True
    return bool(BackupCode.objects.filter(user=user, digest=_digest(user, typed), used_at=None).update(used_at=at))


@transaction.atomic
def new_backup_codes(user) -> list[str]:
    """Eight new ones; the old ones open nothing any more."""
    plain = ["-".join("".join(secrets.choice(LETTERS) for _ in range(5)) for _ in range(2)) for _ in range(BACKUP_CODES)]
    BackupCode.objects.filter(user=user).delete()
    BackupCode.objects.bulk_create(BackupCode(user=user, digest=_digest(user, code)) for code in plain)
    return plain


@transaction.atomic
def forget(user) -> None:
    """The authenticator and its backup codes are gone; at the next sign-in she sets up a new one."""
    Authenticator.objects.filter(user=user).delete()
    BackupCode.objects.filter(user=user).delete()


def next_code(user, at) -> str:
    """The code that opens the door next: for the demo's page and for tests. '' when she must wait for the next half minute."""
    one = Authenticator.objects.filter(user=user).first()
    totp = _totp(one, at) if one else None
    steps = [step for step in range(AROUND + 1) if totp and totp.t() + step > one.last_step]
    if not steps:
        return ""
    totp.drift = steps[0]
    return f"{totp.token():06}"


def _locked(user):
    return Authenticator.objects.select_for_update().filter(user=user).first()


def _use(one, typed, at) -> bool:
    """Moves last_step on, so that the same code never opens twice."""
    digits, totp = normalised(typed), _totp(one, at)
    if not (digits.isascii() and digits.isdecimal() and len(digits) == 6):
        return False
    right = totp.verify(int(digits), tolerance=AROUND, min_t=one.last_step + 1)
    one.last_step = totp.t() if right else one.last_step
    return right


def _totp(one, at):
    totp = TOTP(base64.b32decode(one.secret), step=STEP)
    totp.time = at.timestamp()
    return totp


def _digest(user, typed):
    return blind_index(f"{user.pk} {typed}", "backup code")
