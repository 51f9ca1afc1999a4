"""What happened to the cases of one organisation, in an order that never changes: whoever reads on misses nothing and meets nothing twice.

Two transactions that write at once may end in either order, so numbers alone would let a slow one slip in behind a reader. As the sealing
does, the feed shows only what transactions wrote that are all over: those below the oldest one still at work.
"""

from django.db import connection

from xinyijian.audit.sealing import FINISHED, HORIZON
from xinyijian.casework.models.case import case_classes

BEGINNING = [-(2**63), 0]
OF_ONE_KIND = """
SELECT e.txid, e.id, d.number, e.kind, e.verb, e.source, e.target, e.at
FROM (SELECT * FROM audit_event WHERE (txid, id) > (%(txid)s, %(event)s) AND {finished} AND kind = '{kind}') e
JOIN {table} c ON c.id = e.object_id JOIN casework_docket d ON d.id = c.docket_id
WHERE d.organisation_id = %(organisation)s
"""


NEWS = """
SELECT h.txid, n.* FROM (SELECT {horizon} - 1 AS txid) h
LEFT JOIN (SELECT * FROM ({parts}) p ORDER BY 1, 2 LIMIT %(limit)s) n ON true ORDER BY 2, 3
"""
LAST = 2**63 - 1  # no event of a transaction has a higher number


def changes_after(place, organisation_id, limit) -> tuple[list[tuple], list]:
    """([(txid, event id, number, kind, verb, state before, state after, moment)] after a place, oldest first; where to go on).

    Where all was told, one goes on behind everything that was finished in this very statement, so that nobody reads others' events twice.
    """
    parts = [OF_ONE_KIND.format(finished=FINISHED, kind=model._meta.label, table=model._meta.db_table) for model in case_classes()]
    txid, event = place or BEGINNING
    with connection.cursor() as cursor:
        cursor.execute(
            NEWS.format(horizon=HORIZON, parts=" UNION ALL ".join(parts)),
            {"txid": txid, "event": event, "organisation": organisation_id, "limit": limit},
        )
        rows = cursor.fetchall()
    finished, found = rows[0][0], [row[1:] for row in rows if row[1] is not None]
    onward = list(found[-1][:2]) if len(found) == limit else max(place or BEGINNING, [finished, LAST])
    return found, onward
