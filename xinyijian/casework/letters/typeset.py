"""Setting a letter with typst: a fixed sheet, data passed as one JSON value, never as source text."""

import json
import re
from functools import cache
from pathlib import Path
from threading import BoundedSemaphore

import typst
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext

SHEET = Path(__file__).with_name("letter.typ")
FAMILY, WEIGHTS = "Noto Sans SC", {400, 700}
STANDARDS = ["a-2a", "ua-1"]  # for archives and for screen readers; both refuse a character that the font lacks
LACKING = re.compile(r'the text `"(.+?)"` could not be displayed')
STAND_IN = "〓"  # the printer's mark for a character that is not in the case
presses = BoundedSemaphore(2)  # each takes about 100 MB


def typeset(content: dict, *, at) -> bytes:
    """The PDF of a letter, the same bytes for the same content and moment. Characters that the font lacks become 〓, and it says so."""
    text, lacking = json.dumps(content, ensure_ascii=False), set()
    while True:
        try:
            return _compile(text, at)
        except typst.TypstError as error:
            found = {c for cluster in LACKING.findall(f"{error} {error.diagnostic}") for c in cluster} - lacking
            if not found:
                raise
            lacking |= found
            marked = content | {"lacking": gettext("〓 stands for a character that our font lacks; the certificate counts.")}
            text = json.dumps(marked, ensure_ascii=False).translate(dict.fromkeys(map(ord, lacking), STAND_IN))


def lacks_font(folder) -> bool:
    """Whether the weights of the letter font are missing in a folder; then nothing could be read."""
    there = {font.weight for font in _fonts(str(folder)).fonts() if font.family == FAMILY}
    return bool(WEIGHTS - there)


def _compile(text, at):
    if lacks_font(settings.FONTS_DIR):
        _fonts.cache_clear()  # they may be made any moment
        raise ImproperlyConfigured(f"no {FAMILY} in {settings.FONTS_DIR}: run script/assets")
    with presses:
        sheet = typst.Compiler(SHEET, root=SHEET.parent, font_paths=_fonts(str(settings.FONTS_DIR)), ignore_system_fonts=True)
        return sheet.compile(format="pdf", sys_inputs={"letter": text}, pdf_standards=STANDARDS, timestamp=int(at.timestamp()))


@cache
def _fonts(folder):
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])
