"""The demo's family links: opened by acting, one waits for a consent, one for the clerk."""
from datetime import timedelta

from xinyijian.casework.demo_papers import picture
from xinyijian.casework.workflow import act
from xinyijian.people.models import User

from .models import Link
from .services import attach, open_link, send

DAY = timedelta(days=1)


def open_demo_cases(now) -> int:
    """Two links in two situations; does nothing when there are any. Returns how many it opened."""
    if Link.objects.exists():
        return 0
    waiting_for_a_consent(now)
    waiting_for_the_clerk(now)
    return 2


def waiting_for_a_consent(now):
    """The stranger asks the neighbour, who has not answered yet."""
    _asked("stranger", "neighbour", "spouse", "marriage_certificate", now - 2 * DAY)


def waiting_for_the_clerk(now):
    """The husband registers his mother; she has agreed."""
    link = _asked("husband", "husband-mother", "parent", "household_register", now - 3 * DAY)
    act(link.agree, by=_user("husband-mother"), at=now - 2 * DAY, agreed=[("relative", "kinship")])


def _asked(by, other, relation, kind, at):
    user, whom = _user(by), _user(other).person
    link = open_link(user.person, by=user, at=at, relation=relation, name=whom.name, cert_number=whom.cert_number, born_on=whom.born_on)
    attach(link, kind, picture(kind, user.person), by=user, at=at)
    return send(link, by=user, at=at)


def _user(name):
    return User.objects.get(username=name)
