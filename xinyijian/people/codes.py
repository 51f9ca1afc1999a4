"""One-time codes by text message. Everything here runs in real time and answers alike for phones we know and phones we do not."""
import hmac
import logging
import secrets
import threading
import time
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from xinyijian import gateways
from xinyijian.gateways import sms

from .crypto import blind_index
from .models import OneTimeCode, User

SIGN_IN, REGISTER, CONFIRM, OTHER = "sign_in", "register", "confirm", "other"
WORDS = {  # each says what the code opens, so that nobody can be talked into reading out another one
    SIGN_IN: gettext_noop("%(sender)s: %(code)s is your code to sign in, valid for 5 minutes. Nobody from us will ever ask you for it."),
    REGISTER: gettext_noop("%(sender)s: %(code)s is your code to register, valid for 5 minutes. If you did not ask for it, ignore it."),
    CONFIRM: gettext_noop("%(sender)s: %(code)s confirms this phone, valid for 5 minutes. Tell it only to our counter."),
}
LIFETIME = timedelta(minutes=5)
TRIES = 5
AGAIN_AFTER = timedelta(seconds=60)  # for the same phone from the same address
WINDOW, PER_PHONE, PER_ADDRESS = timedelta(hours=1), 10, 60  # a hospital lobby is one address
PAUSES = (0, 2, 5)  # seconds before each attempt to send

log = logging.getLogger(__name__)


def ask(phone: str, address: str, at, purpose=SIGN_IN, *, words=None) -> str:
    """Make a code for a tidy phone and send it; returns the token to try it with. ValidationError: too often.

    To sign in it is sent only where users sign in by that phone; to register or to confirm a phone it always is.
    `words` (a text with %(sender)s and %(code)s) say what a code for something else opens; redeem it with purpose=OTHER.
    """
    purpose = OTHER if words else purpose
    secret = f"{secrets.randbelow(10**6):06}"
    row = _store(blind_index(phone, "phone"), blind_index(address, "address"), secret, at, purpose)
    wanted = users_with(row.phone_digest).exists() or purpose != SIGN_IN
    _send_beside(phone, _words(secret, words or WORDS[purpose]), str(row.token), wanted)
    return str(row.token)


@transaction.atomic
def redeem(token: str, secret: str, at, purpose=SIGN_IN) -> str | None:
    """The digest of the phone to which the code was sent; None for a wrong, used, tried out or expired one, or one for another door."""
    row = OneTimeCode.objects.select_for_update().filter(pk=token, purpose=purpose).first()
    if row is None or row.used_at or row.tries >= TRIES or at >= row.expires_at:
        return None
    row.tries += 1
    right = hmac.compare_digest(row.code_digest, _digest(row.token, secret))
    row.used_at = at if right else None
    row.save(update_fields=["tries", "used_at"])
    return row.phone_digest if right else None


def users_with(phone_digest: str):
    """Who may sign in by a code to that phone. Staff may not: theirs is the password."""
    verified = User.objects.filter(phones__digest=phone_digest, phones__verified_at__isnull=False)
    return verified.filter(is_active=True, is_staff=False, is_superuser=False).order_by("pk").distinct()


@transaction.atomic
def _store(phone_digest, address_digest, secret, at, purpose):
    _one_at_a_time(phone_digest)
    _check_pace(phone_digest, address_digest, at)
    row = OneTimeCode(
        purpose=purpose, phone_digest=phone_digest, address_digest=address_digest, sent_at=at, expires_at=at + LIFETIME
    )
    row.code_digest = _digest(row.token, secret)
    row.save(force_insert=True)
    return row


def _one_at_a_time(phone_digest):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [phone_digest])


def _check_pace(phone_digest, address_digest, at):
    OneTimeCode.objects.filter(phone_digest=phone_digest, sent_at__lt=at - timedelta(days=1)).delete()
    lately = OneTimeCode.objects.filter(sent_at__gt=at - WINDOW)
    to_phone = lately.filter(phone_digest=phone_digest)
    if to_phone.filter(address_digest=address_digest, sent_at__gt=at - AGAIN_AFTER).exists():
        raise ValidationError(_("A code was sent less than a minute ago. Please wait a minute before you ask again."), code="too_soon")
    if to_phone.count() >= PER_PHONE or lately.filter(address_digest=address_digest).count() >= PER_ADDRESS:
        raise ValidationError(
            _("Too many codes were asked for. Please wait an hour, sign in with your password, or call the counter."), code="too_many"
        )


def _digest(token, secret):
    return blind_index(f"{token} {secret}", "code")


def _words(secret, words):
    return _(words) % {"sender": settings.OFFICIAL_NAME or _("Demo system"), "code": secret}


def _send_beside(phone, text, key, known):
    """In a thread, also when there is nobody to send to, so that how long the page takes tells nothing."""
    threading.Thread(target=_send, args=(phone, text, key, known), name="sign-in-code", daemon=True).start()


def _send(phone, text, key, known):
    for pause in PAUSES if known else ():
        time.sleep(pause)
        try:
            sms.send(phone, text, key=key)
            return
        except gateways.Unavailable:
            continue
        except gateways.Rejected as error:
            log.warning("the text message with a code was refused: %s", error.code)
            return
    if known:
        log.warning("no text message with a code could be sent")
