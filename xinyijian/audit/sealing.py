"""Seal what can no longer change order: batches of events whose transactions are all finished."""

from django.db import connection, transaction

from .models import Seal

BATCH = 10_000
LOCK = 0x61756469  # "audi": one sealer at a time; writers never wait for it

# What an event says, without its own id: rows that swapped their ids keep their leaves, and so can be told from edited ones.
# Moments as seconds since 1970, because jsonb would write them in the session's time zone.
LEAF = """sha256(convert_to(jsonb_build_array(
    kind, object_id, person_id, verb, source, target, by_id, by_label, on_behalf_of_id, region,
    extract(epoch FROM at), extract(epoch FROM recorded_at), txid, data
)::text, 'UTF8'))"""

# A transaction below xmin is finished and none to come can be numbered below it, so the batch is complete for ever.
# The difference of the last two numbers is the offset of a restored database (migration 0001).
HORIZON = "(pg_snapshot_xmin(pg_current_snapshot())::text::bigint + audit_transaction() - pg_current_xact_id()::text::bigint)"
FINISHED = f"txid < {HORIZON}"
AFTER = "(txid >= %(txid)s AND (txid > %(txid)s OR id > %(event)s))"  # so written, it can use the index on (txid, id)
ROOT = "sha256(%(root)s::bytea || int8send(txid) || int8send(event) || leaves)"

NEXT = f"""
WITH batch AS (
    SELECT txid, id, {LEAF} AS leaf FROM audit_event WHERE {AFTER} AND {FINISHED} ORDER BY txid, id LIMIT %(batch)s
), tip AS (
    SELECT count(*), max(txid) AS txid, (array_agg(id ORDER BY txid DESC, id DESC))[1] AS event,
           string_agg(int8send(id) || leaf, '' ORDER BY txid, id) AS leaves FROM batch
)
INSERT INTO audit_seal (last_txid, last_event, count, leaves, previous, root)
SELECT txid, event, count, leaves, %(root)s, {ROOT} FROM tip WHERE count > 0
RETURNING count
"""


def seal(batch=BATCH) -> int:
    """Seal all that is ready, batch by batch; how many events were sealed. 0 at once while another sealer is at work."""
    total = 0
    while sealed := _seal_next(batch):
        total += sealed
        if sealed < batch:
            break
    return total


@transaction.atomic
def _seal_next(batch) -> int:
    with connection.cursor() as cursor:
        # A statement of its own: the next ones then see what the sealer before us has committed.
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute(NEXT, place(Seal.objects.order_by("-pk").first()) | {"batch": batch})
        row = cursor.fetchone()
    return row[0] if row else 0


def place(last) -> dict:
    """Where the batch after the seal `last` begins, for AFTER and ROOT; None is the beginning of all."""
    if last is None:
        return {"txid": -(2**63), "event": 0, "root": b""}
    return {"txid": last.last_txid, "event": last.last_event, "root": last.root}
