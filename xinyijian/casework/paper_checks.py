"""What a received file may be. Every refusal says what is wrong, why, and what to do instead."""
import re
import unicodedata
import zipfile
import zlib
from io import BytesIO

import filetype
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

LARGEST = 10 * 1024 * 1024  # bytes
FORMS = {"image/jpeg": "jpeg", "image/png": "png", "image/webp": "webp", "application/pdf": "pdf"}

MESSAGES = {
    "empty": _("This file is empty, so there is nothing to read. Please choose the file again or take a new photo."),
    "too_large": _("This file is larger than 10 MB, which is too much to send safely. Please take the photo in a lower resolution, "
                   "or send the pages one by one."),
    "name": _("The name of this file has hidden signs, or the ending of a program, and could mislead whoever opens it. "
              "Please give it a plain name, such as “proof”, and send it again."),
    "form": _("This is not a photo or a PDF, and we can only open those. Please take a photo of the paper, or save it as a PDF."),
    "heic": _("This photo is in the HEIC format, which many computers cannot open. On an iPhone choose Settings, Camera, Formats, "
              "“Most Compatible” and take it again, or send a screenshot of it."),
    "two_in_one": _("This file hides something else behind the picture or the pages, so we do not open it. "
                    "Please take a new photo of the paper and send that."),
    "active": _("This PDF has a program, an order to send data, or other files inside, so we do not open it. "
                "Please print it to a new PDF, or take photos of its pages."),
    "locked": _("This PDF asks for a password, so nobody here could read it. "
                "Please save a copy without a password, or take photos of its pages."),
    "too_many_pages": _("This PDF has more than 30 pages. Please send only the pages that are needed, or several smaller files."),
    "too_many_pixels": _("This picture has more than 64 million pixels, too many to open safely. Please take it in a lower resolution."),
    "unreadable": _("This file is damaged and could not be opened. Please take a new photo, or save the PDF again, "
                    "and look whether you can open it yourself."),
    "too_slow": _("This file took too long to open. Please send a photo of the paper instead."),
    "no_room": _("We could not keep your file just now, and nothing of it was saved. What you filled in before is still here. "
                 "Please try again later, or bring the paper to the counter."),
}

MISLEADING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069/\\\\]")  # letters run backwards; folders
PROGRAM = re.compile(
    r"\.(exe|com|bat|cmd|scr|pif|jse?|vb[es]?|wsf|hta|msi|jar|apk|ps1|sh|php\d?|phtml|aspx?|jsp|py|x?html?|svgz?|xml|lnk|dll|swf)\s*(\.|$)",
    re.I,
)
MARKUP = re.compile(rb"<(script|html|iframe)[\s>]|<\?php\s", re.I)
STREAM = re.compile(rb"stream\r?\n.*?endstream", re.S)
PACKED = re.compile(rb"/ObjStm\b.{0,500}?stream\r?\n(.*?)endstream", re.S)  # objects themselves may stand in a packed stream
ACTIVE = re.compile(
    rb"/(JS|JavaScript|Launch|EmbeddedFiles?|RichMedia|SubmitForm|ImportData|GoToE|XFA)(?![A-Za-z0-9])"
)  # not /OpenAction: it mostly says at which page to open, and a harmful one has one of these names in it
MOST_UNPACKED = 4 * 1024 * 1024  # bytes


def refusal(code: str) -> ValidationError:
    """The refusal with that code, in clear words."""
    return ValidationError(MESSAGES[code], code=code)


def check_name(name: str) -> None:
    """Refuse names that pretend: the file itself is kept under a random one."""
    signs = any(unicodedata.category(letter) == "Cc" for letter in name)
    if signs or MISLEADING.search(name) or PROGRAM.search(name):
        raise refusal("name")


def form_of(data: bytes) -> tuple[str, str]:
    """(MIME type, form) by what the bytes are, whatever the name or the sender says."""
    found = filetype.guess(data)
    mime = found.mime if found else ""
    if mime in ("image/heic", "image/heif"):
        raise refusal("heic")
    if mime not in FORMS:
        raise refusal("form")
    return mime, FORMS[mime]


def check_content(data: bytes, form: str) -> None:
    """Refuse two files in one and a PDF that wants to do something. Redrawing is what protects; this is so that it can be said."""
    if zipfile.is_zipfile(BytesIO(data)) or (form != "pdf" and (b"%PDF-" in data or MARKUP.search(data))):
        raise refusal("two_in_one")
    if form == "pdf" and is_active(data):
        raise refusal("active")


def is_active(data: bytes) -> bool:
    """Whether a PDF names something that acts, also in packed objects and with letters written as #4A."""
    parts = [STREAM.sub(b" ", data), *(_unpacked(packed.group(1)) for packed in PACKED.finditer(data))]
    return any(ACTIVE.search(re.sub(rb"#([0-9A-Fa-f]{2})", lambda sign: bytes([int(sign.group(1), 16)]), part)) for part in parts)


def _unpacked(data: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(data, MOST_UNPACKED)
    except zlib.error:
        return b""
