"""How a service stands in a region: open, planned, or not offered there."""
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from xinyijian.policies import params_for

OPEN, PLANNED, OFF = "open", "planned", "off"
WORDS = {  # -> (word, drawing of components/status.html)
    OPEN: (_("Open here and now"), "done"),
    PLANNED: (_("Planned, not yet open"), "draft"),
    OFF: (_("Not offered in this region"), "ended"),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """One service in one region: its state in words, and the page where one begins (also the ordinary way), "" for none."""

    service: object
    state: str
    url: str

    @property
    def word(self):
        return WORDS[self.state][0]

    @property
    def kind(self):
        return WORDS[self.state][1]

    @property
    def is_open(self):
        return self.state == OPEN


def standings(services, region: str, on) -> list[Standing]:
    """Each of the services in that region on that day."""
    offered = offered_in(region, on)
    return [_standing(one, offered) for one in services]


def offered_in(region: str, on) -> tuple:
    """The ids that the region's pack offers; none where no pack is in force."""
    try:
        return params_for("catalogue", region, on).offered
    except LookupError:
        return ()


def _standing(service, offered):
    url = door_of(service)
    state = OFF if service.id not in offered else OPEN if url else PLANNED
    return Standing(service, state, url)


def door_of(service) -> str:
    """The address where one begins; "" while nothing is built."""
    try:
        return reverse(service.door) if service.door else ""
    except NoReverseMatch:
        return ""
