"""A browser that is a self-service machine."""
from django.utils import timezone

from tests.remote_care.walking import browser
from xinyijian.people import kiosks
from xinyijian.people.models import Kiosk, Post


def officer_of(town, organisation):
    """The officer who answers for that bureau's machines: the town's own, moved there for the day."""
    Post.objects.filter(user=town.officer).update(organisation=organisation)
    return type(town.officer).objects.get(pk=town.officer.pk)


def registered(town, organisation=None, **more):
    """(a machine of that bureau, its code)."""
    place = organisation or town.bureau
    told = {"name": "柳浦县政务大厅", "level": Kiosk.Level.COUNTY} | more
    return kiosks.register(place, by=officer_of(town, place), at=timezone.now(), **told)


def machine(town, user=None, language="en", organisation=None):
    """Set up, and the user signed in at it where one is given."""
    _kiosk, code = registered(town, organisation)
    client = browser(user, language)
    client.cookies[kiosks.COOKIE] = kiosks.set_up(code, timezone.now())[1]
    return client
