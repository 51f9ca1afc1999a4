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

SHEETS = Path(__file__).parent
FAMILY, WEIGHTS = "Noto Sans SC", {400, 700}
STANDARDS = ["a-2a", "ua-1"]  # for archives and for screen readers; both refuse a character that the font lacks
LACKING = re.compile(r'the text `"(.+?)"` could not be displayed')
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
STAND_IN = "〓"  # the printer's mark for a character that is not in the case
presses = BoundedSemaphore(2)  # each takes about 100 MB


def typeset(content: dict, *, at, sheet: str = "letter.typ") -> bytes:
    """The PDF of a letter on a sheet of this folder, the same bytes for the same content and moment.

    Characters that the font lacks become 〓, and it says so.
    """
    replaced = {}
    while True:
        try:
            return _compile(json.dumps(_mapped(content, replaced), ensure_ascii=False), at, SHEETS / sheet)
        except typst.TypstError as error:
            found = _lacking(error) - replaced.keys()
            if not found:
                raise
            replaced |= dict.fromkeys(found, STAND_IN)
            content = content | {"lacking": gettext("〓 stands for a character that our font lacks; the certificate counts.")}


def lacks_font(folder) -> bool:
    """Whether the weights of the letter font are missing in a folder; then nothing could be read."""
    there = {font.weight for font in _fonts(str(folder)).fonts() if font.family == FAMILY}
    return bool(WEIGHTS - there)


def _compile(text, at, path):
    if lacks_font(settings.FONTS_DIR):
        _fonts.cache_clear()  # they may be made any moment
        raise ImproperlyConfigured(f"no {FAMILY} in {settings.FONTS_DIR}: run script/assets")
    with presses:
        sheet = typst.Compiler(path, root=SHEETS, font_paths=_fonts(str(settings.FONTS_DIR)), ignore_system_fonts=True)
        return sheet.compile(format="pdf", sys_inputs={"letter": text}, pdf_standards=STANDARDS, timestamp=int(at.timestamp()))


@cache
def _fonts(folder):
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])


def _lacking(error) -> set[int]:
    """The code points that typst could not print; it writes some of them as \\u{e863}."""
    clusters = " ".join(LACKING.findall(f"{error} {error.diagnostic}"))
    escaped = {int(digits, 16) for digits in ESCAPED.findall(clusters)}
    return escaped | {ord(character) for character in ESCAPED.sub("", clusters) if not character.isascii()}


def _mapped(value, table):
    if isinstance(value, dict):
        return {name: _mapped(one, table) for name, one in value.items()}
    if isinstance(value, list):
        return [_mapped(one, table) for one in value]
    return value.translate(table) if isinstance(value, str) else value
