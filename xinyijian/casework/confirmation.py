"""The code in every message: whoever holds it can ask, at /check/ or at the counter, whether the message is from us.

Nine random characters and a check character. A wrong one finds nothing, a typing slip is told apart from an invented code, and
what is found names nobody.
"""
import secrets
import unicodedata

from .letters.tokens import LOOKALIKES
from .models import Letter, Notice
from .numbers import ALPHABET, check_character, is_valid

LENGTH, GROUP = 9, 5


def new_code() -> str:
    """K7Q4M-XBT29: nobody can guess or count them."""
    body = "".join(secrets.choice(ALPHABET) for _character in range(LENGTH))
    whole = body + check_character(body)
    return f"{whole[:GROUP]}-{whole[GROUP:]}"


def tidy(text: str) -> str:
    """The code as it is kept; "" for what cannot be one, such as a slip."""
    plain = unicodedata.normalize("NFKC", text[:40]).upper().translate(LOOKALIKES)
    plain = "".join(character for character in plain if character.isalnum())
    if len(plain) != LENGTH + 1 or not is_valid(plain):
        return ""
    return f"{plain[:GROUP]}-{plain[GROUP:]}"


def find(code: str) -> Notice | None:
    """The message that carries the code, the newest of two in the unlikely case."""
    return Notice.objects.filter(code=code).exclude(code="").select_related("docket").order_by("-pk").first()


def find_letter(code: str) -> Letter | None:
    """The numbered letter that carries the code."""
    return Letter.objects.filter(code=code).select_related("docket").first() if code else None
