"""What happened to the cases of one organisation, in an order that never changes: whoever reads on misses nothing and meets nothing twice.

Two transactions that write at once may end in either order, so numbers alone would let a slow one slip in behind a reader. As the sealing
does, the feed shows only what transactions wrote that are all over: those below the oldest one still at work.
"""

from django.db import connection

from xinyijian.audit.sealing import FINISHED
from xinyijian.casework.models.case import case_classes

BEGINNING = [-(2**63), 0]
OF_ONE_KIND = """
SELECT e.txid, e.id, d.number, e.kind, e.verb, e.source, e.target, e.at
FROM (SELECT * FROM audit_event WHERE (txid, id) > (%(txid)s, %(event)s) AND {finished} AND kind = '{kind}') e
JOIN {table} c ON c.id = e.object_id JOIN casework_docket d ON d.id = c.docket_id
WHERE d.organisation_id = %(organisation)s
"""


def changes_after(place, organisation_id, limit) -> list[tuple]:
    """[(txid, event id, number, kind, verb, state before, state after, moment)] after a place, oldest first."""
    parts = [OF_ONE_KIND.format(finished=FINISHED, kind=model._meta.label, table=model._meta.db_table) for model in case_classes()]
    txid, event = place or BEGINNING
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(parts) + " ORDER BY 1, 2 LIMIT %(limit)s",
            {"txid": txid, "event": event, "organisation": organisation_id, "limit": limit},
        )
        return cursor.fetchall()
