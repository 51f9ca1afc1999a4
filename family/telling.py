"""Both sides are told when something that ties them begins or ends, in words that name nobody; a minor through her guardians."""
from itertools import groupby

from django.conf import settings

from xinyijian.casework import notices
from xinyijian.casework.models import Subject
from xinyijian.people import authority
from xinyijian.people.models import FamilyLink, Grant, MutualAid

KINSHIP, ACTING, AID = Subject.KINSHIP, Subject.ACTING, Subject.MUTUAL_AID
ENDED = {FamilyLink: (KINSHIP, "tie_ended"), Grant: (ACTING, "grant_ended"), MutualAid: (AID, "aid_ended")}


def tell(subject, name, event_id, people, at, **words):
    """One notice of that event to each of the people; `name` is the template's."""
    _queue([(event_id, who) for who in _listeners(people, at)], subject, name, at, **words)


def tell_ended(found, at, *, name=""):
    """Both sides of everything that ended (ties.Ended), one or a thousand; queries for each kind only."""
    for model, group in groupby(sorted(found, key=lambda one: one.model.__name__), key=lambda one: one.model):
        subject, usual = ENDED[model]
        group = list(group)
        heard_by = _by_side({side for one in group for side in one.sides}, at)
        told = [(one.event_id, who) for one in group for who in sorted(set().union(*(heard_by[side] for side in one.sides)))]
        _queue(told, subject, name or usual, at)


def _listeners(people, at):
    return sorted(set().union(*_by_side(people, at).values()))


def _by_side(people, at):
    """{person: who hears it for her}: herself, or the guardians of a minor if any are known."""
    guardians = authority.guardians_of(people, at)
    return {one: guardians.get(one) or {one} for one in people}


def _queue(told, subject, name, at, **words):
    site = settings.SITE_URL.rstrip("/")
    notices.tell(told, subject, f"family/{name}", at, family_url=f"{site}/family/", **words)
