"""The counter (服务窗口) that stands beside every page and in every message: the bureau of somebody's region, or what the settings say."""
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from .models import Organisation


@dataclass(frozen=True, slots=True)
class Counter:
    """Where people are helped by people; anything may be "" while nobody has entered it."""

    name: str
    phone: str
    address: str
    hours: str

    @property
    def line(self) -> str:
        """Phone and address in one line, as messages have it."""
        return _(", ").join(part for part in (self.phone, self.address) if part)


def counter(name="", phone="", address="") -> Counter:
    """What the bureau has entered; where it has entered nothing, the counter of this portal's settings."""
    if not phone and not address:
        name, phone, address = "", settings.COUNTER_PHONE, settings.COUNTER_ADDRESS
    return Counter(str(name), phone, address, settings.COUNTER_HOURS)


def counter_of(region: str) -> Counter:
    """Of the bureau of this region; one query."""
    return _at(Organisation.objects.filter(region=region))


def counter_for(user) -> Counter:
    """Of the bureau where she is insured: one query, and none for whoever is not signed in or works here."""
    if not user.is_authenticated or user.is_staff or not user.person_id:
        return counter()
    return _at(Organisation.objects.filter(region__persons=user.person_id))


def _at(organisations) -> Counter:
    bureau = organisations.filter(kind=Organisation.Kind.BUREAU).order_by("pk").first()
    return counter(bureau, bureau.phone, bureau.address) if bureau else counter()
