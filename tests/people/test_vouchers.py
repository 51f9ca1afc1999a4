"""Signing in with an insurance code: good once, for a minute, and for whom it names."""
import re
import time

import pytest

from xinyijian.people import ceilings
from xinyijian.people.crypto import encrypt
from xinyijian.people.models import User
from xinyijian.people.registration import Claim

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("law")]
ANNA = "439901000000305"


def show(browser, code):
    return browser.post("/sign-in/voucher/", {"voucher": code})


def who(browser):
    return browser.session.get("_auth_user_id")


def open_account(browser, simulators):
    show(browser, simulators.voucher(ANNA))
    return browser.post("/register/open/", {"agree": "on"})


@pytest.mark.req("S1.25", "S2.6")
def test_an_insurance_code_opens_the_account_of_whom_it_names(town, simulators, visitor):
    first = visitor()
    assert open_account(first, simulators).url == "/"
    again = visitor("192.0.2.2")
    code = simulators.voucher(ANNA)
    assert show(again, f"{code[:4]} {code[4:8]} {code[8:]}").url == "/" and who(again) == who(first)


def test_who_has_no_account_is_asked_before_one_is_opened(town, simulators, visitor):
    browser, before = visitor(), User.objects.count()
    assert show(browser, simulators.voucher(ANNA)).url == "/register/open/"
    assert "ANNA SAMPLE" in browser.get("/register/open/").content.decode()
    assert browser.post("/register/open/", {}).status_code == 422 and User.objects.count() == before
    assert who(browser) is None


def test_a_used_an_old_and_an_invented_code_open_nothing_and_look_alike(town, simulators, visitor):
    used = simulators.voucher(ANNA)
    open_one = visitor("192.0.2.2")
    show(open_one, used)
    browser = visitor()
    answers = [show(browser, code) for code in (used, simulators.voucher(ANNA, seconds=-1), "123456789012")]
    assert [answer.status_code for answer in answers] == [422] * 3 and who(browser) is None


def test_five_wrong_codes_lock_this_browser_and_nobody_else_in_the_clinic(town, simulators, visitor, settings):
    settings.COUNTER_PHONE = "19900001234"
    browser = visitor()
    browser.cookies["language"] = "en"
    assert [show(browser, "123456789012").status_code for _ in range(5)] == [422] * 4 + [429]
    locked = show(browser, simulators.voucher(ANNA))
    assert locked.status_code == 429 and 0 < int(locked.headers["Retry-After"]) <= 900
    page = locked.content.decode()
    assert re.search(r"Locked until \d\d:\d\d", page) and 'href="tel:19900001234"' in page and 'href="/sign-in/password/"' in page
    assert show(visitor(), simulators.voucher(ANNA)).status_code == 302


def test_wrong_codes_for_one_certificate_lock_it_in_every_browser_there_and_no_other(town, simulators, visitor):
    anna = Claim("ANNA SAMPLE", "08", "X00000001")
    for turn in range(5):
        browser = visitor()
        session = browser.session
        session["register"] = {"claim": anna.sealed(), "phone": encrypt("19900000777"), "confirmed": True, "until": time.time() + 60}
        session.save()
        wrong = "123456789012" if turn else simulators.voucher("439901000000301")  # one of somebody else is as wrong
        assert browser.post("/register/proof/", {"voucher": wrong}).status_code == (429 if turn == 4 else 422)
    assert show(visitor(), simulators.voucher(ANNA)).status_code == 429
    assert show(visitor(), simulators.voucher("439901000000301")).status_code == 302
    assert show(visitor("192.0.2.2"), simulators.voucher(ANNA)).status_code == 302


def test_an_address_has_a_ceiling_of_wrong_codes_that_right_ones_do_not_use_up(town, simulators, visitor, settings):
    settings.WRONG_VOUCHERS_AN_HOUR, address = 2, "192.0.2.77"
    ceilings.forget(f"voucher {address}")
    for code in (simulators.voucher(ANNA), "123456789012", "123456789012", simulators.voucher(ANNA)):
        last = show(visitor(address), code)
    assert last.status_code == 429 and 0 < int(last.headers["Retry-After"]) <= 3600
    assert show(visitor("192.0.2.78"), simulators.voucher(ANNA)).status_code == 302


@pytest.mark.parametrize("fault", ["500", "lost", "slow"])
def test_without_the_platform_she_is_told_to_take_another_way_and_nothing_is_counted(town, simulators, visitor, fault):
    simulators.faults(evoucher=fault)
    browser = visitor()
    assert [show(browser, "123456789012").status_code for _ in range(2)] == [422] * 2


@pytest.mark.parametrize("typed", ["", "'; --", "<b>", "二维码"])
def test_what_is_no_code_is_not_asked_about(town, visitor, typed):
    assert show(visitor(), typed).status_code == 422
