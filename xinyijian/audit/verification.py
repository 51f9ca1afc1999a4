"""Read the seals again and name the first event that is not what was sealed.

What the seals cannot show is a whole chain recomputed by somebody with the owner's rights: against that, note the head
(`verify_audit` prints it) outside this database and give it back with `--head`.
"""

from dataclasses import dataclass

from django.db import connection

from .models import Seal
from .sealing import AFTER, LEAF, ROOT, place

UP_TO = "(txid < %(last_txid)s OR txid = %(last_txid)s AND id <= %(last_event)s)"
ROWS = f"SELECT id, {LEAF} AS leaf FROM audit_event WHERE {AFTER} AND {UP_TO} ORDER BY txid, id"
SAME = f"""
SELECT (SELECT string_agg(int8send(e.id) || leaf, '') FROM ({ROWS}) e) = leaves,
       {ROOT} = root AND previous = %(root)s AND count * 40 = length(leaves)
FROM (SELECT last_txid AS txid, last_event AS event, count, leaves, previous, root FROM audit_seal WHERE id = %(seal)s) s
"""


@dataclass(frozen=True, slots=True)
class Finding:
    seal: int
    event: int | None  # None: the seal itself was rewritten, or the one before it is gone
    what: str  # edited, deleted, inserted, reordered, broken

    def __str__(self):
        return f"seal {self.seal} is broken" if self.event is None else f"event {self.event} was {self.what} (seal {self.seal})"


def first_finding(first=1, until=None) -> Finding | None:
    """The first event that differs from what was sealed, or None: from the seal `first` to the seal `until`, by default of all.

    Batch by batch, so in constant memory.
    """
    last = Seal.objects.filter(pk__lt=first).order_by("-pk").defer("leaves").first()
    rows = Seal.objects.filter(pk__gte=first) if until is None else Seal.objects.filter(pk__range=(first, until))
    for seal in rows.order_by("pk").defer("leaves").iterator(chunk_size=100):
        finding = _finding(seal, last)
        if finding:
            return finding
        last = seal
    return None


def _finding(seal, last) -> Finding | None:
    values = place(last) | {"last_txid": seal.last_txid, "last_event": seal.last_event, "seal": seal.pk}
    with connection.cursor() as cursor:
        cursor.execute(SAME, values)
        rows_same, seal_same = cursor.fetchone()
        if not seal_same:
            return Finding(seal.pk, None, "broken")
        if rows_same:
            return None
        cursor.execute(ROWS, values)
        found = {pk: bytes(leaf) for pk, leaf in cursor.fetchall()}
    return Finding(seal.pk, *first_difference(_sealed(seal), found))


def _sealed(seal) -> dict[int, bytes]:
    whole = bytes(seal.leaves)
    return {int.from_bytes(whole[at : at + 8], "big"): whole[at + 8 : at + 40] for at in range(0, len(whole), 40)}


def first_difference(sealed, found) -> tuple[int, str]:
    """The lowest event id whose leaf is not the sealed one, and what happened to it."""
    differing = [pk for pk in sealed.keys() | found.keys() if sealed.get(pk) != found.get(pk)]
    event = min(differing)
    if event not in found:
        return event, "deleted"
    if event not in sealed:
        return event, "inserted"
    return event, "reordered" if found[event] in sealed.values() else "edited"
