"""Who belongs to whose mutual-aid group (家庭共济): a dated link of its own, asked for many pairs at once."""
from django.db.models import Q

from .models import MutualAid


def bound_among(pairs, on) -> set:
    """Those of the pairs (one, other) who belong to one group on that day, whoever of the two holds it; one query."""
    if not pairs:
        return set()
    people = {person for pair in pairs for person in pair}
    found = MutualAid.objects.in_force(on).filter(holder__in=people, member__in=people).values_list("holder", "member")
    either = {pair for holder, member in found for pair in ((holder, member), (member, holder))}
    return either & set(pairs)


def of_person(person_id, on):
    """Her open memberships, as holder and as member, also those that wait for the other one."""
    rows = MutualAid.objects.open(on).filter(Q(holder=person_id) | Q(member=person_id))
    return rows.select_related("holder", "member").order_by("since", "pk")
