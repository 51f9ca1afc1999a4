"""Pages by place, not by number: a cursor is sealed, names the last row that was seen, and is good for one question of one client only."""

import base64
import json

from xinyijian.people.crypto import Unreadable, seal, unseal

from .problems import Problem

LARGEST = 400  # characters


def cursor(place: list, question: str) -> str:
    """An opaque text for the place after a row; `question` says whose list it is, and with which filter."""
    return base64.urlsafe_b64encode(seal(json.dumps(place).encode(), f"cursor:{question}")).decode().rstrip("=")


def place_of(text: str, question: str) -> list | None:
    """The place again; None for no cursor, Problem "wrong_cursor" for one that we did not give for this question."""
    if not text:
        return None
    try:
        if len(text) > LARGEST:
            raise ValueError(text[:10])
        return json.loads(
            unseal(base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), b"-_", validate=True), f"cursor:{question}")
        )
    except (ValueError, Unreadable):
        raise Problem("wrong_cursor") from None
