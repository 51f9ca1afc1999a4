"""Signing in with an insurance code: good once, for a minute, and for whom it names."""
import pytest

from xinyijian.people.models import User

pytestmark = pytest.mark.django_db
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


def test_five_wrong_codes_lock_this_door_for_this_address(town, simulators, visitor):
    browser = visitor()
    assert [show(browser, "123456789012").status_code for _ in range(5)] == [422] * 4 + [429]
    assert show(browser, simulators.voucher(ANNA)).status_code == 429
    assert show(visitor("192.0.2.2"), simulators.voucher(ANNA)).status_code == 302


@pytest.mark.parametrize("fault", ["500", "lost", "slow"])
def test_without_the_platform_she_is_told_to_take_another_way_and_nothing_is_counted(town, simulators, visitor, fault):
    simulators.faults(evoucher=fault)
    browser = visitor()
    assert [show(browser, "123456789012").status_code for _ in range(2)] == [422] * 2


@pytest.mark.parametrize("typed", ["", "'; --", "<b>", "二维码"])
def test_what_is_no_code_is_not_asked_about(town, visitor, typed):
    assert show(visitor(), typed).status_code == 422
