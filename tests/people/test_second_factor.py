"""The second step of staff: codes that open once, backup codes, the lock on that door, and setting it up before anything else."""
import re
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from tests.doors import code_at
from tests.town import JAN_5, PASSWORD, SHANGHAI, TOTP_SECRET, make_post, make_user
from xinyijian.audit.models import Event
from xinyijian.people import ceilings, demo, second_factor, sign_in
from xinyijian.people.models import Authenticator, BackupCode, User

pytestmark = pytest.mark.django_db
NINE = datetime(2026, 1, 5, 9, 0, 15, tzinfo=SHANGHAI)  # in the middle of a half minute


def half_way(browser, username="clerk"):
    answer = browser.post("/sign-in/password/", {"username": username, "password": PASSWORD})
    assert answer.status_code == 302
    return answer.url


def try_code(browser, code):
    return browser.post("/sign-in/second/", {"code": code})


def who(browser):
    return browser.session.get("_auth_user_id")


@pytest.fixture
def newcomer(town):
    """A member of staff who has never signed in."""
    user = make_user("newcomer", is_staff=True)
    make_post(user, town.bureau, "clerk")
    return user


def test_a_password_alone_lets_no_member_of_staff_in(town, visitor):
    for name in ("clerk", "root", "hospital_a", "security_admin"):
        browser = visitor()
        assert half_way(browser, name) == "/sign-in/second/"
        assert who(browser) is None and browser.get("/desk/").url.startswith("/sign-in/")
    assert not Event.objects.filter(verb="sign_in").exists()


def test_password_and_code_open_the_desk_and_leave_an_event(town, visitor):
    browser = visitor()
    half_way(browser)
    assert try_code(browser, code_at(timezone.now())).url == "/desk/"
    assert who(browser) == str(town.clerk.pk)
    assert Event.objects.get(verb="sign_in").data == {"door": "password"}


def test_insured_persons_need_no_second_step(town, visitor):
    assert half_way(visitor(), "lan") == "/"


@pytest.mark.parametrize(("ahead", "right"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_clock_may_be_half_a_minute_off(town, ahead, right):
    assert second_factor.check(town.clerk, code_at(NINE, ahead=ahead), NINE) is right


def test_a_code_opens_once_and_so_does_none_before_it(town):
    code, before = code_at(NINE), code_at(NINE, ahead=-1)
    assert second_factor.check(town.clerk, code, NINE)
    assert not second_factor.check(town.clerk, code, NINE)
    assert not second_factor.check(town.clerk, code, NINE + timedelta(seconds=10))
    assert not second_factor.check(town.clerk, before, NINE)
    assert second_factor.check(town.clerk, code_at(NINE, ahead=1), NINE)


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "１２３４５x", "-12345", "12 34"])
def test_what_is_no_code_opens_nothing(town, typed):
    assert not second_factor.check(town.clerk, typed, NINE)


def test_spaces_and_wide_digits_do_not_matter(town):
    code = code_at(NINE)
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in code)
    assert second_factor.check(town.clerk, f" {wide[:3]} {wide[3:]} ", NINE)


def test_each_backup_code_opens_once_and_hers_alone(town):
    codes = second_factor.new_backup_codes(town.clerk)
    assert len(set(codes)) == 8
    assert not second_factor.check(town.officer, codes[0], NINE)
    assert second_factor.check(town.clerk, codes[0].lower(), NINE)
    assert not second_factor.check(town.clerk, codes[0], NINE)
    second_factor.new_backup_codes(town.clerk)
    assert not second_factor.check(town.clerk, codes[1], NINE)  # new ones end the old


def test_neither_secret_nor_backup_code_is_stored_in_clear(town):
    codes = second_factor.new_backup_codes(town.clerk)
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM people_authenticator WHERE user_id = %s", [town.clerk.pk])
        stored = cursor.fetchone()[0] + " ".join(BackupCode.objects.values_list("digest", flat=True))
    assert all(secret not in stored for secret in (TOTP_SECRET, *codes))


@pytest.mark.parametrize("door", ["second", "set-up"])
def test_five_wrong_codes_lock_the_second_step_for_this_address(town, newcomer, visitor, door):
    name = {"second": "clerk", "set-up": "newcomer"}[door]
    browser = visitor()
    assert half_way(browser, name) == f"/sign-in/{door}/"
    assert [browser.post(f"/sign-in/{door}/", {"code": "000000"}).status_code for _ in range(5)] == [422, 422, 422, 422, 429]
    assert browser.post(f"/sign-in/{door}/", {"code": code_at(timezone.now())}).status_code == 429 and who(browser) is None
    if door == "second":
        elsewhere = visitor("192.0.2.2")
        half_way(elsewhere, name)
        assert try_code(elsewhere, code_at(timezone.now())).url == "/desk/"


def test_many_addresses_together_have_so_many_wrong_codes_and_the_password_door_stays_open(town, visitor, settings):
    settings.WRONG_TRIES_AN_HOUR = 3
    ceilings.forget(sign_in.second_name(town.clerk))
    for n in range(3):
        browser = visitor(f"192.0.2.{n + 20}")
        half_way(browser)
        assert try_code(browser, "000000").status_code == 422
    late = visitor("192.0.2.30")
    assert half_way(late) == "/sign-in/second/"
    assert try_code(late, code_at(timezone.now())).status_code == 422 and who(late) is None
    ceilings.forget(sign_in.second_name(town.clerk))
    assert try_code(late, code_at(timezone.now())).url == "/desk/"


def test_the_half_way_house_closes_after_five_minutes_and_without_a_password(town, visitor):
    browser = visitor()
    assert browser.get("/sign-in/second/").url == browser.get("/sign-in/set-up/").url == "/sign-in/password/"
    half_way(browser)
    session = browser.session
    session[sign_in.SECOND] = session[sign_in.SECOND] | {"until": timezone.now().timestamp()}
    session.save()
    assert try_code(browser, code_at(timezone.now())).url == "/sign-in/password/" and who(browser) is None


def test_who_was_locked_out_of_the_house_meanwhile_does_not_get_in(town, visitor):
    browser = visitor()
    half_way(browser)
    User.objects.filter(pk=town.clerk.pk).update(is_active=False)
    assert try_code(browser, code_at(timezone.now())).url == "/sign-in/password/" and who(browser) is None


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_staff_without_an_authenticator_set_one_up_before_anything_else(town, newcomer, visitor, language):
    browser = visitor()
    browser.cookies["language"] = language
    browser.get("/sign-in/password/", {"next": "/desk/calls/"})
    assert half_way(browser, "newcomer") == "/sign-in/set-up/"
    page = browser.get("/sign-in/set-up/").content.decode()
    secret = re.search(r'class="code">([A-Z2-7 ]{39})<', page).group(1).replace(" ", "")
    assert 'src="data:image/png;base64,' in page and secret == Authenticator.objects.get(user=newcomer).secret
    assert browser.get("/sign-in/set-up/").content.decode().count(page.split('class="code">')[1][:39]) == 1  # the same, if she looks again
    assert browser.post("/sign-in/set-up/", {"code": "000000"}).status_code == 422
    answer = browser.post("/sign-in/set-up/", {"code": code_at(timezone.now(), secret)})
    codes = re.findall(r"\b[A-Z2-9]{5}-[A-Z2-9]{5}\b", answer.content.decode())
    assert len(set(codes)) == 8 and 'href="/desk/calls/"' in answer.content.decode() and "no-store" in answer["Cache-Control"]
    assert who(browser) == str(newcomer.pk)
    again = visitor("192.0.2.3")
    assert half_way(again, "newcomer") == "/sign-in/second/"
    assert again.get("/sign-in/set-up/").url == "/sign-in/second/"  # nobody sets up a second one with a password alone
    assert try_code(again, codes[0]).url == "/desk/"


def test_a_forgotten_authenticator_is_set_up_anew(town, visitor):
    second_factor.forget(town.clerk)
    assert half_way(visitor()) == "/sign-in/set-up/"


def test_the_demo_shows_the_code_of_its_own_accounts_only_and_only_in_the_demo(town, visitor, settings):
    for name, demo_mode, shown in (("clerk", True, True), ("hospital_a", True, False), ("clerk", False, False)):
        settings.DEMO = demo_mode
        browser = visitor()
        half_way(browser, name)
        assert ('id="demo-totp"' in browser.get("/sign-in/second/").content.decode()) is shown, name
    assert demo.account("hospital_a") is demo.NOBODY


def test_the_shown_code_is_one_that_still_opens(town):
    assert second_factor.check(town.clerk, second_factor.next_code(town.clerk, NINE), NINE)
    assert second_factor.check(town.clerk, second_factor.next_code(town.clerk, NINE), NINE)
    assert second_factor.next_code(town.clerk, NINE) == ""
    assert second_factor.next_code(town.clerk, NINE + timedelta(seconds=30))
    assert second_factor.next_code(town.lan, JAN_5) == ""
