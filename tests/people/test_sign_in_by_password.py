"""Coming in by password, the lock on that door, the way out, and the idle time-out of staff."""
import time
from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.contrib.messages.storage.cookie import CookieStorage
from django.db.models import F
from django.test import Client

from tests.doors import enter
from tests.town import PASSWORD
from xinyijian.audit.models import Event
from xinyijian.people import demo
from xinyijian.people.middleware import IdleSignOut
from xinyijian.people.sign_in import IDLE_LIMIT

pytestmark = pytest.mark.django_db


def who(browser):
    return browser.session.get("_auth_user_id")


@pytest.mark.parametrize("name, page", [("clerk", "/desk/"), ("lan", "/"), ("root", "/admin/"), ("hospital_a", "/hospital/")])
def test_the_right_password_opens_the_right_page(town, visitor, name, page):
    browser = visitor()
    assert enter(browser, name).url == page
    assert who(browser) == str(getattr(town, name).pk)
    assert Event.objects.get(verb="sign_in").data == {"door": "password"}


def test_the_trail_names_the_role_and_not_the_person(town, visitor):
    enter(visitor())
    assert Event.objects.get(verb="sign_in").by_label == "clerk"


def test_a_wrong_name_and_a_wrong_password_look_alike(town, visitor):
    town.stranger.is_active = False
    town.stranger.save()
    pages = {enter(visitor(), name, password).content.decode().replace(f'value="{name}"', "").split("csrfmiddlewaretoken")[-1][100:]
             for name, password in (("clerk", "wrong"), ("nobody", "wrong"), ("stranger", PASSWORD))}
    assert len(pages) == 1


def test_five_wrong_passwords_lock_for_this_address_and_name_only(town, visitor):
    browser = visitor()
    assert [enter(browser, password="wrong").status_code for _ in range(5)] == [422, 422, 422, 422, 429]
    locked = enter(browser)
    assert locked.status_code == 429 and who(browser) is None
    assert "/sign-in/" in locked.content.decode()
    assert enter(visitor("192.0.2.2")).status_code == 302  # a stranger's tries do not lock her out
    assert enter(visitor(), "officer").status_code == 302  # nor her colleague at the same address


def test_a_made_up_forwarding_header_does_not_evade_the_lock(town, visitor):
    browser = visitor()
    for turn in range(5):
        browser.post("/sign-in/password/", {"username": "clerk", "password": "wrong"}, headers={"X-Forwarded-For": f"198.51.100.{turn}"})
    assert enter(browser).status_code == 429


def test_behind_our_own_proxy_the_lock_is_on_the_visitor_and_not_on_the_proxy(town, visitor, settings):
    settings.PROXY_COUNT = 1
    proxy = visitor("10.0.0.1")

    def knock(password, chain):
        return proxy.post("/sign-in/password/", {"username": "clerk", "password": password}, headers={"X-Forwarded-For": chain})

    assert [knock("wrong", f"{made_up}, 198.51.100.1").status_code for made_up in "abcde"] == [422, 422, 422, 422, 429]
    assert knock(PASSWORD, "198.51.100.1").status_code == 429  # what the visitor wrote into the header counts for nothing
    assert knock(PASSWORD, "198.51.100.2").status_code == 302


def test_another_spelling_of_the_name_is_the_same_name(town, visitor):
    browser = visitor()
    for spelling in ("clerk", "Clerk", "CLERK", " clerk", "ｃｌｅｒｋ"):
        enter(browser, spelling, "wrong")
    assert enter(browser).status_code == 429


def test_the_lock_opens_by_itself_after_a_quarter_of_an_hour(town, visitor):
    browser = visitor()
    for _ in range(5):
        enter(browser, password="wrong")
    AccessAttempt.objects.update(attempt_time=F("attempt_time") - timedelta(minutes=14))
    assert enter(browser).status_code == 429
    AccessAttempt.objects.update(attempt_time=F("attempt_time") - timedelta(minutes=1))
    assert enter(browser).status_code == 302


def test_the_right_password_forgets_the_wrong_ones(town, visitor):
    browser = visitor()
    for password in ("wrong", "wrong", "wrong", "wrong", PASSWORD, "wrong"):
        status = enter(browser, password=password).status_code
    assert status == 422


def test_axes_keeps_no_name_that_somebody_typed(town, visitor):
    enter(visitor(), town.lan_person.cert_number, "wrong")
    kept = AccessAttempt.objects.values_list("username", "post_data", "get_data", "path_info")
    assert town.lan_person.cert_number not in str(list(kept))


def test_the_admin_has_no_door_of_its_own(town, visitor):
    browser = visitor()
    first = browser.get("/admin/")
    second = browser.get(first.url)
    assert second.url == "/sign-in/password/?next=%2Fadmin%2F"
    browser.get(second.url)
    assert browser.post("/admin/login/", {"username": "root", "password": PASSWORD}).status_code == 405
    assert enter(browser, "root").url == "/admin/"


def test_the_session_gets_a_new_key_at_the_door(town, visitor):
    browser = visitor()
    browser.get("/sign-in/password/?next=/desk/")
    before = browser.session.session_key
    enter(browser)
    assert browser.session.session_key != before


def test_leaving_needs_a_post_and_leaves_an_event(town, visitor):
    browser = visitor()
    enter(browser)
    assert browser.get("/sign-out/").status_code == 405 and who(browser)
    assert browser.post("/sign-out/").url == "/sign-in/" and not who(browser)
    assert Event.objects.get(verb="sign_out").data == {"because": "asked"}


def test_leaving_twice_is_no_mistake(town, visitor):
    assert visitor().post("/sign-out/").status_code == 302


@pytest.mark.parametrize("seconds, stays", [(IDLE_LIMIT - 1, True), (IDLE_LIMIT, True), (IDLE_LIMIT + 1, False)])
def test_staff_are_signed_out_after_thirty_idle_minutes(town, visitor, rf, seconds, stays):
    browser = visitor()
    enter(browser)
    request = rf.get("/")
    request.session, request.user = browser.session, town.clerk
    request._messages = CookieStorage(request)
    request.session["seen_at"] = 1_000_000.0
    town.clerk.refresh_from_db()
    IdleSignOut(None).check(request, 1_000_000.0 + seconds)
    assert ("_auth_user_id" in request.session) is stays


def test_an_idle_session_ends_at_its_next_request(town, visitor):
    browser = visitor()
    enter(browser)
    session = browser.session
    session["seen_at"] = time.time() - IDLE_LIMIT - 5
    session.save()
    browser.get("/sign-in/")
    assert not who(browser)
    assert Event.objects.get(verb="sign_out").data == {"because": "idle"}


def test_patients_keep_their_session(town, visitor):
    browser = visitor()
    enter(browser, "lan")
    session = browser.session
    session["seen_at"] = time.time() - 10 * IDLE_LIMIT
    session.save()
    browser.get("/sign-in/")
    assert who(browser)


def test_demo_accounts_are_listed_in_demo_mode_only(town, visitor, settings):
    assert 'value="19900000001"' in visitor().get("/sign-in/?as=lan").content.decode()
    staff = visitor().get("/sign-in/password/?as=clerk").content.decode()
    assert demo.PASSWORD in staff and 'value="clerk"' in staff
    settings.DEMO = False
    for path in ("/sign-in/?as=lan", "/sign-in/password/?as=clerk"):
        page = visitor().get(path).content.decode()
        assert demo.PASSWORD not in page and "19900000001" not in page and "李晓兰" not in page


def test_every_door_posts_with_a_token(town):
    strict = Client(enforce_csrf_checks=True)
    for door in ("", "code/", "who/", "password/", "second/", "set-up/"):
        assert strict.post(f"/sign-in/{door}", {}).status_code == 403
    assert strict.post("/sign-out/", {}).status_code == 403
