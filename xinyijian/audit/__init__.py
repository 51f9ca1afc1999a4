"""What happened (审计留痕): one append-only table of events, sealed in batches."""

from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta

ONE_LOOK = timedelta(minutes=5)  # turning a page over and back is one look at it
_looks: ContextVar[list | None] = ContextVar("looks", default=None)


def record(kind, verb, *, by, at, object_id=None, person_id=None, on_behalf_of_id=None, region="", data=None):
    """Write one event that is not a case's step: a reading, a sign-in, an unmasking. `by` None is the clock; returns the Event."""
    from .models import Event  # not above: apps import this package before models may load

    return Event.objects.create(
        kind=kind,
        verb=verb,
        by_id=getattr(by, "pk", None),
        by_label=label_of(by),
        at=at,
        object_id=object_id,
        person_id=person_id,
        on_behalf_of_id=on_behalf_of_id,
        region=region,
        data=data or {},
    )


def look(kind, verb, **told):
    """`record` of somebody having looked; inside `looks_survive` it stays on record even if the deed around it is undone."""
    if (looks := _looks.get()) is not None:
        looks.append((kind, verb, told))
    return record(kind, verb, **told)


def look_once(kind, verb, *, by, at, object_id, data=None, **told):
    """`look`, unless the same user saw the very same within these minutes: one look is one event, however often the page is drawn."""
    from .models import Event

    same = Event.objects.filter(kind=kind, object_id=object_id, verb=verb, by_id=by.pk, data=data or {}, at__gt=at - ONE_LOOK, at__lte=at)
    return None if same.exists() else look(kind, verb, by=by, at=at, object_id=object_id, data=data, **told)


@contextmanager
def looks_survive():
    """Around a transaction, outside it: when it is rolled back, the looks inside it are written again."""
    looks = []
    before = _looks.set(looks)
    try:
        yield
    except BaseException:
        for kind, verb, told in looks:
            record(kind, verb, **told)
        raise
    finally:
        _looks.reset(before)


def label_of(by) -> str:
    """The role or system name that an event keeps of its actor; never a person's name."""
    if by is None:
        return "clock"
    return getattr(by, "audit_label", "") or ("" if getattr(by, "pk", None) else str(by))
