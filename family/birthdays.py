"""A link follows the child's day of birth: corrected by a case, or told otherwise by the roster, the child comes of age on another day."""
from django.db import transaction
from django.db.models import Case, F, Q, When
from django.db.models.functions import ExtractDay, ExtractMonth, ExtractYear

from xinyijian.audit import record
from xinyijian.casework.days import day_of
from xinyijian.casework.workflow import re_aim
from xinyijian.people.authority import MAJORITY, is_minor, majority_of
from xinyijian.people.models import Person, Relation

from .states import STANDS

BORN = Case(When(relation=Relation.CHILD, then=F("relative__born_on")), default=F("person__born_on"))


@transaction.atomic
def follow(model, person_ids, *, by, at) -> int:
    """The links that stand and in which one of these people is the child; on record, and aimed anew. How many moved."""
    child = Q(relation=Relation.CHILD, relative__in=person_ids) | Q(relation=Relation.PARENT, person__in=person_ids)
    rows = model.objects.filter(child, status__in=STANDS).order_by("pk")
    links = list(rows.select_for_update(no_key=True, of=("self",)))
    born = dict(Person.objects.filter(pk__in=[link.young_id for link in links]).values_list("pk", "born_on"))  # read after the lock
    moved = [link for link in links if _move(link, born[link.young_id], by, at)]
    re_aim(model, [link.pk for link in moved], at=at)
    return len(moved)


def _move(link, born_on, by, at) -> bool:
    """Whoever was of age when the link was registered, or has confirmed it since, is not asked again unless a minor after all."""
    wanted = majority_of(born_on) if link.comes_of_age_on or is_minor(born_on, day_of(at)) else None
    if wanted == link.comes_of_age_on:
        return False
    type(link).objects.filter(pk=link.pk).update(comes_of_age_on=wanted)
    record(link._meta.label, "follow_birthday", by=by, at=at, object_id=link.pk, person_id=link.person_id, region=link.region_id)
    return True


def follow_the_roster(model, at) -> int:
    """The same for every link whose day differs from what the register says today; for the sweep."""
    on = day_of(at)
    same = {"comes_of_age_on__year": ExtractYear("born") + MAJORITY, "comes_of_age_on__month": ExtractMonth("born"),
            "comes_of_age_on__day": ExtractDay("born")}  # but for those born on 29 February, who are looked at each time
    stands = model.objects.filter(status__in=STANDS, relation__in=[Relation.CHILD, Relation.PARENT]).annotate(born=BORN)
    differ = stands.filter(comes_of_age_on__isnull=False).exclude(**same)
    minors = stands.filter(comes_of_age_on=None, born__gt=on.replace(year=on.year - MAJORITY, day=min(on.day, 28)))
    found = [link.young_id for rows in (differ, minors) for link in rows.only("relation", "person", "relative")]
    return follow(model, found, by=None, at=at) if found else 0
