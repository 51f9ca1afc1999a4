"""One session for a member of staff: a new one ends the old, which says so; a session's key changes at every door."""
import pytest
from django.utils import timezone

from tests import doors
from tests.town import PASSWORD
from xinyijian.audit.models import Event
from xinyijian.people import sign_in

pytestmark = pytest.mark.django_db


def who(browser):
    return browser.session.get("_auth_user_id")


def test_a_new_session_of_staff_evicts_the_old_one_which_is_told(town, visitor):
    first, second = visitor(), visitor("192.0.2.2")
    doors.enter(first)
    doors.enter(second)
    first.cookies["language"] = "en"  # the words are chosen when she is sent away
    assert first.get("/desk/").url.startswith("/sign-in/") and not who(first)
    assert second.get("/desk/").status_code == 200
    assert "somebody signed in with your account elsewhere" in first.get("/sign-in/").content.decode()
    assert Event.objects.get(verb="sign_out").data == {"because": "elsewhere"}
    assert first.post("/desk/search/", {"q": "x"}).url.startswith("/sign-in/")


def test_two_colleagues_and_two_phones_of_a_patient_stay(town, visitor):
    browsers = [visitor() for _ in range(4)]
    for browser, name in zip(browsers, ("clerk", "officer", "lan", "lan"), strict=True):
        doors.enter(browser, name)
    assert [browser.get("/cases/").status_code for browser in browsers[2:]] == [200, 200]
    assert [browser.get("/desk/").status_code for browser in browsers[:2]] == [200, 200]


def test_an_administrator_ends_whatever_session_there_is(town, visitor):
    browser = visitor()
    doors.enter(browser)
    sign_in.end_sessions(town.clerk)
    assert browser.get("/desk/").status_code == 302 and not who(browser)


def test_the_key_changes_at_the_first_door_and_at_the_second(town, visitor):
    browser = visitor()
    browser.get("/sign-in/password/?next=/desk/calls/")
    keys = [browser.session.session_key]
    browser.post("/sign-in/password/", {"username": "clerk", "password": PASSWORD})
    keys.append(browser.session.session_key)
    assert browser.post("/sign-in/second/", {"code": doors.code_at(timezone.now())}).url == "/desk/calls/"
    keys.append(browser.session.session_key)
    assert len(set(keys)) == 3


def test_a_key_that_was_left_opens_nothing(town, visitor):
    browser, thief = visitor(), visitor()
    doors.enter(browser)
    thief.cookies["sessionid"] = browser.cookies["sessionid"].value
    assert thief.get("/desk/").status_code == 200
    browser.post("/sign-out/")
    assert thief.get("/desk/").status_code == 302


def test_whoever_was_signed_in_before_leaves_when_a_member_of_staff_comes_half_way_in(town, visitor):
    browser = visitor()
    doors.enter(browser, "lan")
    browser.post("/sign-in/password/", {"username": "clerk", "password": PASSWORD})
    assert not who(browser)


def test_a_new_password_ends_every_other_session(town, visitor):
    browser = visitor()
    doors.enter(browser, "lan")
    town.lan.set_password("another-password-of-hers")
    town.lan.save()
    assert browser.get("/cases/").status_code == 302


@pytest.mark.parametrize("name", ["sessionid", "csrftoken"])
def test_in_operation_cookies_travel_encrypted_and_out_of_reach_of_scripts(town, visitor, settings, name):
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    browser = visitor()
    browser.get("/sign-in/password/", secure=True)
    browser.post("/sign-in/password/", {"username": "lan", "password": PASSWORD}, secure=True)
    cookie = browser.cookies[name]
    assert cookie["secure"] and cookie["httponly"] and cookie["samesite"] == "Lax"
