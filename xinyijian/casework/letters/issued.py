"""A letter that was issued, as somebody reads or prints it: the words that were kept, and the way to check it."""
import json

import segno
from django.conf import settings
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, gettext

from ..models import Docket, Letter
from .content import qr_of, two
from .official import SCAN
from .typeset import typeset


def find(uuid, *, by, at) -> Letter | None:
    """The letter, for whoever may see its case."""
    mine = Docket.objects.visible_to(by, at)
    return Letter.objects.filter(uuid=uuid, docket__in=mine.values("pk")).select_related("docket").first()


def content_of(letter) -> dict:
    """Its words in the active language; Chinese where it has no other."""
    texts = json.loads(letter.body)
    return texts.get((get_language() or "").lower()) or texts["zh-hans"]


def address_of(letter) -> str:
    """What the QR says: the page on which the letter is checked."""
    return f"{settings.SITE_URL.rstrip('/')}/check/?code={letter.code}"


def check_of(letter) -> dict:
    """The way to check it, beside the seal."""
    address = address_of(letter)
    return {
        "svg": qr_of(address),
        "alt": gettext("QR code of this address: %(address)s") % {"address": address},
        "code": letter.code,
        "by_hand": gettext("Or open %(site)s and type this code:") % {"site": f"{settings.SITE_URL.rstrip('/')}/check/"},
        "counts": gettext("Fingerprint %(print)s") % {"print": letter.sha256[:16]},
    }


def pdf_of(letter) -> bytes:
    """The sheet, always the same bytes for the same letter, language and font."""
    return typeset(content_of(letter) | {"check": check_of(letter)}, at=letter.issued_at)


def shown(letter) -> dict:
    """The same for the printable page."""
    address = address_of(letter)
    picture = segno.make(address, error="m", micro=False).svg_inline(border=2, scale=4, omitsize=True, title=check_of(letter)["alt"])
    # Safe: segno drew it from an address of ours, and escapes its title.
    return {"letter": letter, "text": content_of(letter), "check": check_of(letter), "picture": mark_safe(picture), "scan": two(SCAN)[0]}
