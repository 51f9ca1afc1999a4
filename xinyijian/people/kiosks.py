"""Self-service machines: which there are, how a browser becomes one, and what it forgets when somebody leaves it."""
import hmac
import secrets
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.utils import timezone

from xinyijian import audit
from xinyijian.policies import params_for

from . import scope
from .crypto import blind_index
from .models import Kiosk, Organisation

MANAGE = "people.manage_kiosks"
COOKIE, YEAR = "kiosk", 365 * 24 * 3600
LETTERS, LENGTH = "ABCDEFGHJKMNPQRSTUVWXYZ23456789", 12  # of a code; no letters that look alike
CODE_GOOD_FOR = timedelta(hours=1)
IDLE = 120  # seconds, where no pack says it
GRACE = 30  # seconds by which the server is more patient than the page, so that the page speaks first


def organisations_of(user, at):
    """The bureaus for whose machines the user answers."""
    found = scope.organisations_of(user, MANAGE, at)
    return Organisation.objects.filter(pk__in=found, kind=Organisation.Kind.BUREAU).order_by("code")


def managed_by(user, at):
    """Their machines, newest first."""
    return Kiosk.objects.filter(organisation__in=organisations_of(user, at)).select_related("organisation").order_by("-pk")


@transaction.atomic
def register(organisation, *, name, level, by, at) -> tuple[Kiosk, str]:
    """A machine, and the code that makes a browser it: shown once, good for an hour."""
    if organisation not in organisations_of(by, at):
        raise PermissionDenied(MANAGE)
    kiosk = Kiosk.objects.create(organisation=organisation, name=name, level=level, registered_at=at, registered_by=by)
    _note("register", kiosk, by, at)
    return kiosk, _code(kiosk, at)


@transaction.atomic
def new_code(pk, *, by, at) -> tuple[Kiosk, str]:
    """Set it up again, on the same browser or another; until then the old browser stays. Http404 where one has none."""
    kiosk = _managed(pk, by, at)
    _note("new_code", kiosk, by, at)
    return kiosk, _code(kiosk, at)


@transaction.atomic
def end(pk, *, by, at) -> Kiosk:
    """Out of service at once: the browser is a browser again."""
    kiosk = _managed(pk, by, at)
    Kiosk.objects.filter(pk=kiosk.pk).update(ended_at=at, digest="", code_digest="", code_until=None)
    _note("end", kiosk, by, at)
    return kiosk


@transaction.atomic
def set_up(code: str, at) -> tuple[Kiosk, str] | None:
    """The machine that this code makes of a browser, with what its cookie has to say; None for a code that is wrong, used or too old."""
    digest = blind_index("".join(code.upper().split("-")).strip(), "kiosk code")
    kiosk = Kiosk.objects.select_for_update().filter(code_digest=digest, code_until__gt=at, ended_at=None).first()
    if kiosk is None:
        return None
    secret = secrets.token_urlsafe(32)
    kiosk.digest, kiosk.code_digest, kiosk.code_until, kiosk.set_up_at = blind_index(secret, "kiosk"), "", None, at
    kiosk.save(update_fields=["digest", "code_digest", "code_until", "set_up_at"])
    _note("set_up", kiosk, None, at)
    return kiosk, f"{kiosk.pk}.{secret}"


def shown_by(cookie: str) -> Kiosk | None:
    """The machine in service whose secret this is; one query."""
    pk, _dot, secret = cookie.partition(".")
    if not (pk.isascii() and pk.isdecimal() and len(pk) < 18):
        return None
    kiosk = Kiosk.objects.filter(pk=pk, ended_at=None).exclude(digest="").select_related("organisation").first()
    return kiosk if kiosk and hmac.compare_digest(kiosk.digest, blind_index(secret, "kiosk")) else None


def idle_of(kiosk, at) -> int:
    """After so many seconds without a touch it forgets who stood there, as the region of its bureau says."""
    try:
        return params_for("people", kiosk.organisation.region_id, timezone.localdate(at)).kiosk_idle
    except LookupError:
        return IDLE


def _managed(pk, by, at):
    kiosk = managed_by(by, at).filter(pk=pk, ended_at=None).first()
    if kiosk is None:
        raise Http404
    return kiosk


def _code(kiosk, at):
    code = "".join(secrets.choice(LETTERS) for _n in range(LENGTH))
    Kiosk.objects.filter(pk=kiosk.pk).update(code_digest=blind_index(code, "kiosk code"), code_until=at + CODE_GOOD_FOR)
    return "-".join(code[n : n + 4] for n in range(0, LENGTH, 4))


def _note(verb, kiosk, by, at):
    audit.record("people.Kiosk", verb, by=by, at=at, object_id=kiosk.pk, region=kiosk.organisation.region_id)
