"""A hospital's own keys at the platform: sealed, replaced as a pair, never mixed with another's."""
import time
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from tests.remote_care.walking import browser as browser_of
from tests.town import JAN_5
from xinyijian.audit.models import Event
from xinyijian.gateways import Unavailable, roster
from xinyijian.gateways.senders import sender_of
from xinyijian.people.models import PlatformKey
from xinyijian.people.platform_keys import rotate
from xinyijian.people.sign_in import FRESH

A, PAGE = "H43990100001", "/staff/platform-keys/"
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


def test_a_hospitals_administrator_writes_the_pair_and_nobody_reads_it(town):
    browser = freshly_in(town.hospital_admin)
    given = {"access_key": "ak-of-the-web", "secret": "first-secret"}
    assert browser.post(PAGE, given).url == PAGE
    assert (sender_of(A).access_key, sender_of(A).secret) == ("ak-of-the-web", "first-secret")
    assert Event.objects.get(kind="people.PlatformKey").by_id == town.hospital_admin.pk
    for answer in (browser.get(PAGE), browser.post(PAGE, given), browser.post(PAGE, given | {"access_key": ""})):
        assert "first-secret" not in answer.content.decode() and "ak-of-the-web" not in answer.content.decode()
    assert answer.status_code == 422 and PlatformKey.objects.count() == 1
    for who in ("hospital_a", "physician", "officer", "system_admin", "security_admin", "auditor", "lan"):
        assert freshly_in(getattr(town, who)).get(PAGE).status_code == 404, who
    assert browser.get(f"{PAGE}?at=H43990100002").status_code == 404


def test_a_session_left_open_changes_no_pair(town):
    browser = freshly_in(town.hospital_admin, ago=FRESH + 1)
    assert browser.post(PAGE, {"access_key": "a", "secret": "b"}).url.startswith("/sign-in/password/?next=/staff/platform-keys/")
    assert not PlatformKey.objects.exists()


def freshly_in(user, ago=0):
    """A browser of hers that came in so many seconds ago."""
    client = browser_of(user)
    session = client.session
    session["entered_at"] = time.time() - ago
    session.save()
    return client
