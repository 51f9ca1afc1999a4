"""What a person may choose from before she writes: which fact is wrong, which answer a person shall look at."""

from xinyijian.casework.home import cases_in_words
from xinyijian.casework.models import Docket

from . import mine
from .models import Review

SHOWN = 50  # answers; older ones are reached from their own case


def wrong_facts(person) -> list[dict]:
    """The facts that may be corrected, each as it stands now, masked where a passer-by could read along."""
    return [fact for fact in mine.facts_of(person, masked=True) if fact["code"] in mine.CORRECTABLE]


def answers_of(user, at) -> list[dict]:
    """Her cases, and those of people for whom she acts, in which something was decided: the newest first."""
    found = Docket.objects.visible_to(user, at).exclude(kind=Review._meta.label).filter(decisions__isnull=False)
    return cases_in_words(found.distinct().select_related("person").order_by("-pk")[:SHOWN], user)
