"""What happened (审计留痕): one append-only table of events, sealed in batches."""


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


def label_of(by) -> str:
    """The role or system name that an event keeps of its actor; never a person's name."""
    if by is None:
        return "clock"
    return getattr(by, "audit_label", "") or ("" if getattr(by, "pk", None) else str(by))
