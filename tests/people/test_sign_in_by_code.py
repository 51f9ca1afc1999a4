"""Coming in by phone: the code, its end, its tries, and that nobody learns who is registered."""
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.town import JAN_1
from xinyijian.audit.models import Event
from xinyijian.people import codes
from xinyijian.people.models import OneTimeCode, Phone

pytestmark = pytest.mark.django_db
UNKNOWN = "19900000777"


def ask(browser, phone, **more):
    return browser.post("/sign-in/", {"phone": phone}, **more)


def answer(browser, code):
    return browser.post("/sign-in/code/", {"code": code})


def who(browser):
    return browser.session.get("_auth_user_id")


def wrong(code):
    return f"{(int(code) + 1) % 10**6:06}"


def test_a_code_to_the_phone_lets_its_owner_in(town, inbox, visitor):
    browser = visitor()
    browser.get("/sign-in/?next=/cases/")
    assert ask(browser, "199 0000 0" + town.lan_person.phone[8:]).url == "/sign-in/code/"
    response = answer(browser, inbox.code(town.lan_person.phone))
    assert (response.status_code, response.url) == (302, "/cases/")
    assert who(browser) == str(town.lan.pk)
    event = Event.objects.get(kind="people.User", verb="sign_in")
    assert (event.by_id, event.object_id, event.person_id, event.data) == (town.lan.pk, town.lan.pk, town.lan_person.pk, {"door": "code"})


def test_the_message_says_who_sends_it_and_holds_six_digits(town, inbox, visitor, settings):
    ask(visitor(), town.lan_person.phone)
    text, = inbox.messages(town.lan_person.phone)
    assert re.search(r"\b\d{6}\b", text) and "http" not in text


def test_the_session_gets_a_new_key_at_the_door(town, inbox, visitor):
    browser = visitor()
    ask(browser, town.lan_person.phone)
    before = browser.session.session_key
    answer(browser, inbox.code(town.lan_person.phone))
    assert browser.session.session_key != before


def test_a_code_works_once(town, inbox, visitor):
    browser = visitor()
    ask(browser, town.lan_person.phone)
    pending, code = browser.session["sign_in_code"], inbox.code(town.lan_person.phone)
    answer(browser, code)
    assert codes.redeem(pending["token"], code, timezone.now()) is None


def test_a_code_belongs_to_the_browser_that_asked(town, inbox, visitor):
    ask(visitor(), town.lan_person.phone)
    thief = visitor("192.0.2.66")
    ask(thief, UNKNOWN)
    assert answer(thief, inbox.code(town.lan_person.phone)).status_code == 422 and who(thief) is None


@pytest.mark.parametrize("seconds, opens", [(299, True), (300, False), (301, False)])
def test_a_code_lives_five_minutes(town, inbox, seconds, opens):
    now = timezone.now()
    token = codes.ask(town.lan_person.phone, "192.0.2.1", now)
    assert (codes.redeem(token, inbox.code(town.lan_person.phone), now + timedelta(seconds=seconds)) is not None) is opens


def test_a_code_may_be_tried_five_times(town, inbox):
    now = timezone.now()
    for tries, opens in ((4, True), (5, False)):
        OneTimeCode.objects.all().delete()
        token = codes.ask(town.lan_person.phone, f"192.0.2.{tries}", now)
        code = inbox.code(town.lan_person.phone)
        for _ in range(tries):
            assert codes.redeem(token, wrong(code), now) is None
        assert (codes.redeem(token, code, now) is not None) is opens


def test_five_wrong_codes_lock_the_phone_for_this_address_only(town, inbox, visitor):
    browser = visitor()
    ask(browser, town.lan_person.phone)
    code = inbox.code(town.lan_person.phone)
    assert [answer(browser, wrong(code)).status_code for _ in range(5)] == [422, 422, 422, 422, 429]
    assert answer(browser, code).status_code == 429 and who(browser) is None
    elsewhere = visitor("192.0.2.2")
    ask(elsewhere, town.lan_person.phone)
    assert answer(elsewhere, inbox.code(town.lan_person.phone)).status_code == 302


def test_known_and_unknown_phones_get_the_same_pages(town, inbox, visitor):
    pages = []
    for phone, address in ((town.lan_person.phone, "192.0.2.1"), (UNKNOWN, "192.0.2.2")):
        browser = visitor(address)
        first = ask(browser, phone)
        second = browser.get("/sign-in/code/")
        third = answer(browser, "x")
        pages.append((first.status_code, first.url, *(without_tokens(page) for page in (second, third))))
    assert pages[0] == pages[1]
    assert inbox.messages(town.lan_person.phone) and not inbox.messages(UNKNOWN)


def without_tokens(page):
    return page.status_code, re.sub(r'(csrfmiddlewaretoken" value="|nonce=")[^"]+', "", page.content.decode())


def test_no_code_for_an_unknown_phone_ever_lets_anybody_in(town, inbox):
    now = timezone.now()
    token = codes.ask(UNKNOWN, "192.0.2.1", now)
    assert not codes.users_with(codes.blind_index(UNKNOWN, "phone")).exists()
    assert codes.redeem(token, "000000", now) is None


@pytest.mark.parametrize("address, words", [("192.0.2.1", True), ("192.0.2.2", False)])
def test_a_second_code_within_a_minute_is_refused_at_the_same_address(town, inbox, visitor, address, words):
    ask(visitor(), town.lan_person.phone)
    assert (ask(visitor(address), town.lan_person.phone).status_code == 422) is words


@pytest.mark.parametrize("known", [True, False])
def test_asking_again_at_once_leads_to_the_page_where_the_sent_code_is_typed(town, inbox, visitor, known):
    browser, phone = visitor(), town.lan_person.phone if known else UNKNOWN
    ask(browser, phone)
    assert ask(browser, phone).url == "/sign-in/code/"
    page = browser.get("/sign-in/code/").content.decode()
    assert "error-summary" not in page and 'role="status"' in page
    assert len(inbox.messages(phone)) == known
    assert not known or answer(browser, inbox.code(phone)).status_code == 302


def test_the_sign_in_page_says_why_one_is_there(town, visitor):
    assert "您已退出登录" in visitor().get("/sign-in/?next=/cases/").content.decode()
    for address in ("/sign-in/", "/sign-in/?next=/"):
        assert "您已退出登录" not in visitor().get(address).content.decode()


def test_the_pace_is_the_same_for_unknown_phones(town, inbox, visitor):
    ask(visitor(), UNKNOWN)
    assert ask(visitor(), UNKNOWN).status_code == 422


def test_a_minute_later_and_ten_an_hour(town, inbox):
    now = timezone.now()
    for turn in range(codes.PER_PHONE):
        codes.ask(UNKNOWN, "192.0.2.1", now + turn * timedelta(minutes=1))
    later = now + timedelta(minutes=11)
    with pytest.raises(codes.ValidationError):
        codes.ask(UNKNOWN, "192.0.2.9", later)
    assert codes.ask(UNKNOWN, "192.0.2.9", now + timedelta(hours=1))  # the first of the ten is an hour old


def test_an_address_asks_for_sixty_codes_an_hour(town, inbox):
    now = timezone.now()
    for turn in range(codes.PER_ADDRESS):
        codes.ask(f"19900001{turn:03}", "192.0.2.1", now)
    with pytest.raises(codes.ValidationError):
        codes.ask(UNKNOWN, "192.0.2.1", now)
    assert codes.ask(UNKNOWN, "192.0.2.2", now)


def test_neither_code_nor_phone_nor_address_is_stored_in_clear(town, inbox, visitor):
    ask(visitor("192.0.2.77"), town.lan_person.phone)
    row = OneTimeCode.objects.get()
    stored = f"{row.phone_digest} {row.address_digest} {row.code_digest} {row.token}"
    for secret in (inbox.code(town.lan_person.phone), town.lan_person.phone, "192.0.2.77"):
        assert secret not in stored


def test_several_people_on_one_phone_are_asked_who_is_here(town, inbox, visitor):
    Phone.objects.create(user=town.father, number=town.mother_person.phone, verified_at=JAN_1)
    browser = visitor()
    ask(browser, town.mother_person.phone)
    assert answer(browser, inbox.code(town.mother_person.phone)).url == "/sign-in/who/"
    assert who(browser) is None
    page = browser.get("/sign-in/who/").content.decode()
    assert page.count('type="radio"') == 2
    assert browser.post("/sign-in/who/", {"user": town.lan.pk}).status_code == 422 and who(browser) is None
    assert browser.post("/sign-in/who/", {"user": town.father.pk}).status_code == 302
    assert who(browser) == str(town.father.pk)
    assert browser.get("/sign-in/who/").url == "/sign-in/"


def test_the_choice_ends_after_five_minutes(town, inbox, visitor):
    Phone.objects.create(user=town.father, number=town.mother_person.phone, verified_at=JAN_1)
    browser = visitor()
    ask(browser, town.mother_person.phone)
    answer(browser, inbox.code(town.mother_person.phone))
    session = browser.session
    session["sign_in_choice"] = session["sign_in_choice"] | {"until": timezone.now().timestamp()}
    session.save()
    assert browser.post("/sign-in/who/", {"user": town.father.pk}).url == "/sign-in/" and who(browser) is None


def test_one_person_may_have_two_phones(town, inbox, visitor):
    Phone.objects.create(user=town.lan, number="19900000555", verified_at=JAN_1)
    browser = visitor()
    ask(browser, "19900000555")
    answer(browser, inbox.code("19900000555"))
    assert who(browser) == str(town.lan.pk)


@pytest.mark.parametrize("change", [{"is_active": False}, {"is_staff": True}, {"is_superuser": True}])
def test_staff_and_closed_accounts_get_no_code(town, inbox, visitor, change):
    for name, value in change.items():
        setattr(town.lan, name, value)
    town.lan.save()
    ask(visitor(), town.lan_person.phone)
    assert not inbox.messages(town.lan_person.phone)


def test_an_unverified_phone_opens_nothing(town, inbox, visitor):
    Phone.objects.filter(user=town.lan).update(verified_at=None)
    ask(visitor(), town.lan_person.phone)
    assert not inbox.messages(town.lan_person.phone)


@pytest.mark.parametrize("typed", ["", "1990000", "07390000000", "abc", "19900000001x"])
def test_what_was_typed_stays_and_is_explained(town, visitor, typed):
    page = ask(visitor(), typed)
    assert page.status_code == 422 and f'value="{typed}"' in page.content.decode() or typed == ""
    assert "error-summary" in page.content.decode()


def test_the_code_page_needs_a_question_first(town, visitor):
    assert visitor().get("/sign-in/code/").url == "/sign-in/" == visitor().get("/sign-in/who/").url


@pytest.mark.parametrize("wish, goes_to", [
    ("/cases/", "/cases/"), ("https://evil.example/", "/"), ("//evil.example/", "/"), ("javascript:alert(1)", "/"), ("", "/"),
])
def test_next_stays_on_this_site(town, inbox, visitor, wish, goes_to):
    browser = visitor()
    browser.get("/sign-in/", {"next": wish})
    ask(browser, town.lan_person.phone)
    assert answer(browser, inbox.code(town.lan_person.phone)).url == goes_to
