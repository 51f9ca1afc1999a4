"""Who had a hand in a case: whoever pressed one of its steps may not review it."""

from xinyijian.audit.models import Event


def in_case(docket) -> set:
    """Ids of the users who opened the case or pressed any of its steps; empty without a case."""
    if docket is None:
        return set()
    case = docket.case()
    events = Event.objects.filter(kind=docket.kind, object_id=case.pk, by_id__isnull=False)
    return {docket.opened_by_id, *events.values_list("by_id", flat=True)}
