"""A hospital's own keys at the platform: sealed, replaced as a pair, never mixed with another's."""
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from tests.town import JAN_5
from xinyijian.audit.models import Event
from xinyijian.gateways import Unavailable, roster
from xinyijian.gateways.senders import sender_of
from xinyijian.people.platform_keys import rotate

A = "H43990100001"
SUN = ("01", "439901199202173124", "孙晓梅")


def test_a_new_pair_ends_the_old_one_and_leaves_an_event_without_the_keys(town):
    rotate(town.county_hospital, access_key="ak1", secret="first-secret", by=town.system_admin, at=JAN_5)
    rotate(town.county_hospital, access_key="ak2", secret="second-secret", by=town.system_admin, at=JAN_5 + timedelta(days=1))
    assert (sender_of(A).access_key, sender_of(A).secret) == ("ak2", "second-secret")
    events = Event.objects.filter(kind="people.PlatformKey")
    assert events.count() == 2 and not any("secret" in str(event.data) for event in events)
    with connection.cursor() as cursor:
        cursor.execute("SELECT access_key || secret FROM people_platformkey")
        assert not any("ak" in sealed[:3] or "secret" in sealed for sealed, in cursor.fetchall())


def test_half_a_pair_and_the_pair_in_use_are_refused(town):
    rotate(town.county_hospital, access_key="ak1", secret="s1", by=town.system_admin, at=JAN_5)
    for access, secret in (("", "s2"), ("ak2", " "), ("ak1", "s1")):
        with pytest.raises(ValidationError):
            rotate(town.county_hospital, access_key=access, secret=secret, by=town.system_admin, at=JAN_5)


def test_keys_that_the_platform_does_not_know_ask_nothing_and_another_hospital_is_not_touched(town, simulators):
    rotate(town.county_hospital, access_key="unknown", secret="s", by=town.system_admin, at=JAN_5)
    with pytest.raises(Unavailable, match="401"):
        roster.person(*SUN, organisation_code=A)
    assert roster.person(*SUN, organisation_code="H43990100002").psn_no == "439901000000301"
