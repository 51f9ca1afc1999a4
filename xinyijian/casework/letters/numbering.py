"""Numbers of letters (文号): one after the other per region, year and kind, without gaps, whoever else is numbering just now.

The row of a series stays locked until the transaction ends: a number that was given either has its letter or was never given.
"""
from collections import Counter

from django.db import connections

from ..days import local
from ..models import LetterKind, LetterSeries

WORDS = {  # what stands in the number for the kind
    LetterKind.ACCEPTED: "受", LetterKind.GAP: "容受", LetterKind.TOLD: "告", LetterKind.NOT_ACCEPTED: "不受",
    LetterKind.GRANTED: "准", LetterKind.REFUSED: "决", LetterKind.ENDED: "终",
}
SQL = f"""INSERT INTO {LetterSeries._meta.db_table} AS old (region_id, kind, year, last)
SELECT * FROM unnest(%s::text[], %s::text[], %s::int[], %s::int[]) ON CONFLICT (region_id, year, kind) DO UPDATE
SET last = old.last + EXCLUDED.last RETURNING region_id, kind, last"""


def reserve(wanted, at) -> list[int]:
    """The serial of each (region, kind), in the order in which they are asked for; one statement, series in one order for all."""
    counts = Counter(wanted)
    series = sorted(counts)
    columns = [[region for region, _kind in series], [kind for _region, kind in series], [local(at).year] * len(series),
               [counts[one] for one in series]]
    with connections["default"].cursor() as cursor:
        cursor.execute(SQL, columns)
        last = {(region, kind): number for region, kind, number in cursor.fetchall()}
    given, serials = Counter(), []
    for one in wanted:
        given[one] += 1
        serials.append(last[one] - counts[one] + given[one])
    return serials


def number_of(region, kind, at, serial) -> str:
    """青禾县医保容受〔2026〕12号."""
    return f"{region.name}医保{WORDS[kind]}〔{local(at).year}〕{serial}号"
