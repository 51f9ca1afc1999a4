"""Binding a way to reach somebody: a code proves that WeChat account or mailbox is hers. In real time, like every code."""
import hmac
import secrets
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from xinyijian.audit import record
from xinyijian.gateways import Rejected, Unavailable, email

from .crypto import blind_index
from .models import Contact, ContactCode, Wishes

LIFETIME, TRIES = timedelta(minutes=10), 5
WINDOW, MOST = timedelta(hours=1), 5  # codes asked for by one person
WECHAT, EMAIL = Contact.Kind.WECHAT, Contact.Kind.EMAIL


def ask_wechat(person, at) -> str:
    """Eight digits that she types into the official account's window."""
    secret = f"{secrets.randbelow(10**8):08}"
    _store(person, WECHAT, "", secret, at)
    return secret


def ask_email(person, address, at) -> None:
    """Six digits to that mailbox; ValidationError when it takes no mail, or codes were asked for too often."""
    if not email.ADDRESS.fullmatch(address):
        raise ValidationError(_("Enter an e-mail address, for example name@example.com."), code="email")
    secret = f"{secrets.randbelow(10**6):06}"
    row = _store(person, EMAIL, address, secret, at)
    text = _("%(code)s is the code that binds this mailbox, valid for 10 minutes. If you did not ask for it, do nothing.")
    try:
        email.send(address, text % {"code": secret}, key=f"bind-{row.token}")
    except Rejected:
        raise ValidationError(_("This mailbox takes no mail. Please check the address."), code="refused") from None
    except Unavailable:
        raise ValidationError(_("The mail could not be sent just now. Please try again in a minute."), code="away") from None


def confirm_email(person, secret, by, at) -> bool:
    """Whether the newest code asked for is this one; a wrong try counts."""
    with transaction.atomic():
        rows = ContactCode.objects.select_for_update().filter(person=person, kind=EMAIL, used_at=None, expires_at__gt=at, tries__lt=TRIES)
        row = rows.order_by("-sent_at").first()
        if row is None:
            return False
        right = hmac.compare_digest(row.code_digest, _digest(EMAIL, secret, person))
        row.tries, row.used_at = row.tries + 1, at if right else None
        row.save(update_fields=["tries", "used_at"])
        if right:
            _bind(person, EMAIL, row.address, by, at)
        return right


@transaction.atomic
def bind_wechat(openid: str, text: str, at) -> str:
    """What the official account answers to a follower who typed a code (or anything else); her language is not known here."""
    digits = "".join(c for c in text if c.isdecimal() and c.isascii())
    rows = ContactCode.objects.select_for_update().filter(kind=WECHAT, used_at=None, expires_at__gt=at)
    row = rows.filter(code_digest=_digest(WECHAT, digits)).select_related("person").first() if len(digits) == 8 else None
    if row is None:
        return _both(gettext_noop("This code is not known or no longer good. Ask for a fresh one on the page “How we reach you”."))
    row.used_at = at
    row.save(update_fields=["used_at"])
    _bind(row.person, WECHAT, openid, "wechat", at)
    return _both(gettext_noop("Bound. Messages of your bureau now come here first."))


@transaction.atomic
def end(person, kind, by, at) -> None:
    """No longer reached that way."""
    if Contact.objects.filter(person=person, kind=kind, ended_at=None).update(ended_at=at):
        _note(person, "unbind", kind, by, at)


@transaction.atomic
def wish(person, first, without, by, at) -> None:
    """Which way first, and which not at all."""
    Wishes.objects.update_or_create(person=person, defaults={"first": first, "without": list(without)})
    _note(person, "wish", first, by, at)


def _bind(person, kind, address, by, at):
    Contact.objects.filter(person=person, kind=kind, ended_at=None).update(ended_at=at)
    Contact.objects.create(person=person, kind=kind, address=address, since=at)
    _note(person, "bind", kind, by, at)


def _note(person, verb, what, by, at):
    data = {"what": str(what)}
    record("people.Contact", verb, by=by, at=at, object_id=person.pk, person_id=person.pk, region=person.region_id, data=data)


@transaction.atomic
def _store(person, kind, address, secret, at):
    type(person).objects.select_for_update(no_key=True).get(pk=person.pk)  # two at once count as two
    if ContactCode.objects.filter(person=person, sent_at__gt=at - WINDOW).count() >= MOST:
        raise ValidationError(_("Too many codes were asked for. Please wait an hour, or call the counter."), code="too_many")
    digest = _digest(kind, secret, person if kind == EMAIL else None)
    return ContactCode.objects.create(person=person, kind=kind, address=address, code_digest=digest, sent_at=at, expires_at=at + LIFETIME)


def _digest(kind, secret, person=None):
    return blind_index(f"{kind} {person.pk if person else ''} {secret.strip()}", "contact code")


def _both(text):
    """In Chinese and in English: a follower's language is not known."""
    with override("zh-hans"):
        chinese = _(text)
    return chinese if chinese == text else f"{chinese} {text}"
