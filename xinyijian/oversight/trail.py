"""Searching the trail: newest first, page by page along an index, within the regions of the reader."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from xinyijian.audit.models import Event

SIZE = 50
ORDER = "ORDER BY at DESC, id DESC"


@dataclass(frozen=True)
class Wish:
    """What is looked for; all that is given must fit."""

    since: datetime
    until: datetime
    kinds: tuple = ()
    verbs: tuple = ()
    person_id: int | None = None
    by_id: int | None = None
    objects: tuple = ()  # (kind, object id) pairs of one case
    by_people: bool = False  # nothing that the clock did

    def is_narrow(self) -> bool:
        """Whether an index on person, actor or object finds it faster than the regions do."""
        return self.person_id is not None or self.by_id is not None or bool(self.objects)


def search(wish, regions, *, before=None, size=SIZE) -> tuple[list[Event], tuple | None]:
    """Events, and the place (at, id) after which the next page begins or None. Two queries for any number of regions."""
    sql, values = _condition(wish, before)
    if regions is None:
        text, values = f"SELECT id FROM audit_event WHERE {sql} {ORDER} LIMIT %s", [*values, size + 1]
    elif wish.is_narrow():
        places = [*sorted(regions), ""] if wish.person_id else sorted(regions)  # a reading without a region: hers all the same
        text, values = f"SELECT id FROM audit_event WHERE {sql} AND region = ANY(%s) {ORDER} LIMIT %s", [*values, places, size + 1]
    else:
        inner = f"SELECT id, at FROM audit_event WHERE region = place.code AND {sql} {ORDER} LIMIT %s"
        text = f"SELECT f.id FROM unnest(%s::text[]) AS place(code) CROSS JOIN LATERAL ({inner}) f ORDER BY f.at DESC, f.id DESC LIMIT %s"
        values = [sorted(regions), *values, size + 1, size + 1]
    with connection.cursor() as cursor:
        cursor.execute(text, values)
        ids = [pk for (pk,) in cursor.fetchall()]
    found = list(Event.objects.filter(pk__in=ids).order_by("-at", "-pk"))
    shown = found[:size]
    return shown, (shown[-1].at, shown[-1].pk) if len(found) > size else None


def _condition(wish, before):
    parts, values = ["at >= %s", "at < %s"], [wish.since, wish.until]
    for column, value in (("person_id", wish.person_id), ("by_id", wish.by_id)):
        if value:
            parts.append(f"{column} = %s")
            values.append(value)
    for column, codes in (("kind", wish.kinds), ("verb", wish.verbs)):
        if codes:
            parts.append(f"{column} = ANY(%s)")
            values.append(list(codes))
    if wish.objects:
        parts.append("(" + " OR ".join("(kind = %s AND object_id = %s)" for _pair in wish.objects) + ")")
        values += [value for pair in wish.objects for value in pair]
    if wish.by_people:
        parts.append("by_id IS NOT NULL")
    if before:
        parts.append("(at, id) < (%s, %s)")
        values += before
    return " AND ".join(parts), values
