"""The code under the QR of a letter: who has the letter can ask how its case stands; nobody can guess or count.

A code has twelve characters: eleven of a keyed digest of the number, and a check character over number and digest, so that
one slip anywhere is told apart from a letter that we never issued.
"""

import re
import unicodedata
from enum import Enum

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from xinyijian.casework.numbers import ALPHABET, check_character, is_valid

SALT = "xinyijian.casework.letters"
LENGTH = 11  # characters of the digest: 54 bits
SHAPE = re.compile(rf"([A-Z]+[0-9]{{6}})([0-9]{{6}})([0-9A-Z]{{8}})([0-9A-Z]{{{LENGTH + 1}}})")
LOOKALIKES = str.maketrans("OISZV", "01520")  # letters that no number has, as somebody may type them


class Finding(Enum):
    """What can be said of a number and its code without looking anything up."""

    GENUINE = "genuine"
    ALTERED = "altered"  # a check character does not fit: a slip, or a digit changed by hand
    FORGED = "forged"  # well made, but not with our key


def code_of(number: str) -> str:
    """The code printed with this number: twelve characters without lookalikes."""
    return _code(number, settings.SECRET_KEY)


def in_groups(code: str) -> str:
    """K7Q4-MXBT-29AC, as people read and type it."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def address_of(number: str) -> str:
    """What the QR says: the page on which this letter is verified."""
    return f"{settings.SITE_URL.rstrip('/')}/v/{number}-{code_of(number)}/"


def examine(text: str) -> tuple[Finding, str]:
    """(finding, number) of what was scanned or typed; spaces, hyphens and case do not matter."""
    parts = SHAPE.fullmatch(_plain(text))
    if not parts:
        return Finding.ALTERED, ""
    *number, code = parts.groups()
    number = "-".join(number)
    if not is_valid(number) or not is_valid(f"{number}{code}"):
        return Finding.ALTERED, number
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    matches = [constant_time_compare(_code(number, key), code) for key in keys]
    return (Finding.GENUINE if any(matches) else Finding.FORGED), number


def _code(number, key):
    digest = int.from_bytes(salted_hmac(SALT, number, secret=key, algorithm="sha256").digest())
    body = "".join(ALPHABET[digest // 31**place % 31] for place in range(LENGTH))
    return body + check_character(f"{number}{body}")


def _plain(text):
    letters = unicodedata.normalize("NFKC", text[:200]).upper().translate(LOOKALIKES)
    return "".join(character for character in letters if character.isalnum())
