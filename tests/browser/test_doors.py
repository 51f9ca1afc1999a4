"""The doors, as people meet them: opening an account, the insurance code, a password of one's own, and the second step of staff."""
import re

import pytest
from playwright.sync_api import expect

from xinyijian.people.demo import PASSWORD

from . import filing

DRESSED = [("zh-hans", ""), ("en", ""), ("zh-hans", "elder.22")]
DRESSES = pytest.mark.parametrize(("language", "display"), DRESSED, ids=["zh", "en", "elder"])
ROSTER = {("zh-hans", "elder.22"): ("吴大川", "439901195208091236"), ("en", ""): ("吴春梅", "439901198305061227")}
SHARED = "19900000029"  # father and daughter have one phone
OTHERS = {  # the platform knows them, this portal does not
    ("zh-hans", ""): ("郑家豪", "04", "H0000000102", "439901000000304"),
    ("en", ""): ("ANNA SAMPLE", "08", "X00000001", "439901000000305"),
    ("zh-hans", "elder.22"): ("孙晓梅", "01", "439901199202173124", "439901000000301"),
}


def arrive(visit, language, display):
    somebody = visit(language)
    somebody.wears(display, language)
    return somebody


def ask_code(somebody, name, kind, number, phone):
    """From the sign-in page to the code, as she reads it in the inbox."""
    somebody.go("/sign-in/")
    somebody.follow("I have no account yet")
    somebody.fill(name=name, cert_type=kind, cert_number=number, phone=phone)
    somebody.tick("agree")
    somebody.press("Send me a code")
    somebody.fill(code=somebody.read_code(phone))
    somebody.press("Continue")


def a_minute_later(stack):
    """A phone gets one code a minute."""
    stack.sql("UPDATE people_onetimecode SET sent_at = sent_at - interval '1 minute'")


def show_voucher(somebody, stack, psn_no):
    """The code on the phone's other app: the simulator's page."""
    app = somebody.context.new_page()
    app.goto(stack.inbox.replace("inbox/", "people/"))
    app.locator(f"form[action='/people/{psn_no}/voucher/'] button").click()
    code = re.sub(r"\D", "", app.locator("p.code").inner_text())
    app.close()
    return code


@pytest.mark.req("S2.7")
@pytest.mark.parametrize(("language", "display"), list(ROSTER), ids=["elder", "en"])
def test_with_the_phone_of_the_roster_the_code_is_enough(visit, stack, language, display):
    name, number = ROSTER[language, display]
    new = arrive(visit, language, display)
    ask_code(new, name, "01", number, SHARED)
    expect(new.page).to_have_url(stack.url)
    new.sign_out()
    a_minute_later(stack)
    ask_code(new, name, "01", number, SHARED)  # who registers again is simply in
    expect(new.page).to_have_url(stack.url)


@pytest.mark.req("S1.25", "S2.6")
@DRESSES
def test_others_prove_themselves_by_the_insurance_code_and_come_back_with_it(visit, stack, language, display):
    name, kind, number, psn_no = OTHERS[language, display]
    new = arrive(visit, language, display)
    ask_code(new, name, kind, number, f"1990000060{len(language)}{len(display) % 10}"[:11])
    new.sees("One more proof", "3. Come to the counter")
    new.fill(voucher=show_voucher(new, stack, psn_no))
    new.press("Continue")
    expect(new.page).to_have_url(stack.url)
    new.go("/me/sign-in/")
    new.follow("Set a password")
    new.fill(new_password1="eine-lange-Reise-7", new_password2="eine-lange-Reise-7")
    new.press("Set the password")
    new.sees("You have a password.")
    new.sign_out()
    new.go("/sign-in/")
    new.follow("With your insurance code")
    new.fill(voucher=show_voucher(new, stack, psn_no))
    new.press("Sign in")
    expect(new.page).to_have_url(stack.url)
    new.sign_out()
    new.sign_in_by_password(number, "eine-lange-Reise-7")


@DRESSES
def test_staff_set_up_the_second_step_and_sign_in_with_it(visit, stack, language, display):
    stack.sql("DELETE FROM people_authenticator WHERE user_id = (SELECT id FROM people_user WHERE username = 'clerk2')")
    clerk = arrive(visit, language, display)
    clerk.go("/sign-in/password/")
    clerk.fill(username="clerk2", password=PASSWORD)
    clerk.press("Sign in")
    clerk.sees("Set up the second step")
    assert clerk.page.locator("img.qr").evaluate("image => image.naturalWidth") > 200
    clerk.fill(code=clerk.page.locator("#demo-totp").inner_text())
    clerk.press("Switch on the second step")
    clerk.sees("Your backup codes")
    backup = clerk.page.locator("ul.codes b").first.inner_text()
    clerk.follow("I have written them down")
    expect(clerk.page).to_have_url(f"{stack.url}desk/")
    clerk.sign_out()
    clerk.sign_in_by_password("clerk2", PASSWORD)
    other = arrive(visit, language, display)
    other.go("/sign-in/password/")
    other.fill(username="clerk2", password=PASSWORD)
    other.press("Sign in")
    other.fill(code=backup)
    other.press("Sign in")
    expect(other.page).to_have_url(f"{stack.url}desk/")
    clerk.go("/desk/")  # where she was before, she is told
    expect(clerk.page.get_by_text(clerk.words(
        "You were signed out here because somebody signed in with your account elsewhere, or an administrator ended the session. "
        "If that was not you, tell the security administrator at once."))).to_be_visible()


def test_the_counter_opens_an_account_and_the_code_is_read_out(visit, stack):
    desk = filing.staff(visit, "counter")
    desk.go("/desk/accounts/")
    desk.fill(name="林美慧", cert_type="17", cert_number="439901197805053165")
    desk.tick("seen")
    desk.press("Open the account")
    desk.sees("This person is insured elsewhere. Her own agency opens the account.")
    desk.fill(name="王桂英", cert_type="01", cert_number="439901195510093144", phone="19900000611")
    desk.press("Open the account")
    desk.sees("The account is open")
    desk.press("Send a code there")
    desk.fill(code=desk.read_code("19900000611"))
    desk.press("Confirm the phone")
    desk.sees("confirmed")
    a_minute_later(stack)
    visit().sign_in_by_code("19900000611")


def test_the_provincial_sign_on_lets_in_whom_it_vouches_for(visit, stack):
    new = visit()
    new.go("/sign-in/")
    new.follow("With the provincial single sign-on")
    new.page.get_by_role("link", name="顾长青").click()
    expect(new.page).to_have_url(stack.url)
