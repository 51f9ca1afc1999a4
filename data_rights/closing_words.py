"""What she is told before she closes her sign-in: what stays by law and how long, and which cases are still open."""

from xinyijian.casework.days import day_of
from xinyijian.casework.home import cases_in_words
from xinyijian.casework.models import Docket
from xinyijian.people.retention import CLASSES, SERVICE
from xinyijian.policies import params_for

STAYS = ("cases", "papers", "identity_images", "messages", "trail")


def what_stays(region, at) -> list[dict]:
    """Each kind of data that stays, why, and for how many days (None: without an end)."""
    params = params_for(SERVICE, region, day_of(at))
    found = (CLASSES[code] for code in STAYS)
    return [{"text": one.text, "why": one.why, "days": getattr(params, one.parameter)} for one in found]


def open_cases_of(user, at) -> list[dict]:
    """Her own open cases: they go on, but she will no longer see them here."""
    dockets = Docket.objects.filter(person=user.person_id, closed_at=None).select_related("person").order_by("-pk")[:50]
    return cases_in_words(dockets, user)
