"""What of the worklist somebody wants to see: a plain value, said as SQL over the register; the queues themselves bound it."""

from dataclasses import asdict, dataclass, fields
from datetime import timedelta

from xinyijian.people import scope

from .days import day_of, end_of
from .models import Claim, Deficiency

NAMED = {"all": {}, "mine": {"held": "mine"}, "overdue": {"due": "overdue"}, "today": {"due": "today"}, "standin": {"held": "standin"}}
DUE, HELD = ("overdue", "today", "week"), ("mine", "nobody", "others", "standin")
GAPS = {"any": ("owed", "given", "overdue"), "owed": ("owed",), "given": ("given",), "overdue": ("overdue",)}
LATELY = timedelta(days=6)  # today and six days more
TABLE = "casework_docket"


@dataclass(frozen=True, slots=True)
class Filter:
    """Empty where nothing is asked."""

    kind: str = ""  # label of a Case class
    status: str = ""
    due: str = ""
    town: str = ""  # code of a region; what lies below it counts
    gap: str = ""
    held: str = ""

    @property
    def asked(self) -> dict:
        """What is asked, as it is kept and as it stands in an address."""
        return {name: value for name, value in asdict(self).items() if value}


NAMES = tuple(field.name for field in fields(Filter))


def named(view) -> Filter:
    """One of the built-in views, or everything of one kind."""
    return Filter(**NAMED[view]) if view in NAMED else Filter(kind=view)


def conditions(wish, user, at, deputies=()) -> tuple[list, list]:
    """(conditions, values) over the register's own columns; `deputies` are the stand-ins in force whose deputy the user is."""
    parts = [_plain(wish, at), _gap(wish), _held(wish, user, deputies)]
    return [sql for found in parts for sql, _values in found], [value for found in parts for _sql, values in found for value in values]


def _plain(wish, at):
    evening = end_of(day_of(at))
    due = {"overdue": ("due_at <= %s", [at]), "today": ("due_at > %s AND due_at <= %s", [at, evening]),
           "week": ("due_at > %s AND due_at <= %s", [at, evening + LATELY])}
    found = [(f"{name} = %s", [getattr(wish, name)]) for name in ("kind", "status") if getattr(wish, name)]
    found += [due[wish.due]] if wish.due else []
    return found + ([("region_id = ANY(%s)", [sorted(scope.below(wish.town))])] if wish.town else [])


def _gap(wish):
    if not wish.gap:
        return []
    table = Deficiency._meta.db_table
    return [(f"EXISTS (SELECT FROM {table} g WHERE g.docket_id = {TABLE}.id AND g.state = ANY(%s))", [list(GAPS[wish.gap])])]


def _held(wish, user, deputies):
    """By the claim that counts now: the one of the role whose turn it is."""
    if not wish.held:
        return []
    mine, absent = [one.pk for one in deputies], [one.absent_id for one in deputies]
    wanted = {
        "nobody": ("NOT EXISTS ({claim})", []),
        "mine": ("EXISTS ({claim} AND (c.holder_id = %s OR c.stand_in_id = ANY(%s)))", [user.pk, mine]),
        "others": ("EXISTS ({claim} AND c.holder_id <> %s AND (c.stand_in_id IS NULL OR c.stand_in_id <> ALL(%s)))", [user.pk, mine]),
        "standin": ("EXISTS ({claim} AND c.holder_id = ANY(%s))", [absent]),
    }
    sql, values = wanted[wish.held]
    claim = f"SELECT FROM {Claim._meta.db_table} c WHERE c.docket_id = {TABLE}.id AND c.role = {TABLE}.queue_role"
    return [(sql.format(claim=claim), values)]
