"""A self-service machine, from the officer's list to the page that the next person meets; each of its pages in every dress."""
import pytest

from xinyijian.people import demo

from .dresses import MACHINE, faults_of

DEMO = True
PHONE = demo.account("jiangsu").phone
CASES = "SELECT number FROM remote_care_filing f JOIN people_user u ON u.id = f.opened_by_id WHERE u.username = %s AND status = %s"


@pytest.mark.req("S3.33")
def test_a_machine_is_set_up_serves_one_person_and_forgets_her(visit, stack):
    officer, machine = visit(width=1280), visit(width=768)
    officer.enter("officer-jiangsu", demo.PASSWORD)
    officer.go("/desk/kiosks/")
    officer.fill(name=MACHINE)
    officer.press("Register and show the code")
    code = officer.main.locator(".big-number").inner_text()
    machine.go("/kiosk/set-up/")
    machine.fill(code=code)
    machine.press("Set up")
    machine.sees("What have you come for?")
    found = faults_of(machine, "start", "/kiosk/")
    machine.wears("", "zh-hans")
    enter_by_code(machine)
    machine.sees("See how my cases stand")
    number = stack.sql(CASES, "jiangsu", "submitted")[0][0]
    for address in ("/kiosk/menu/", "/cases/", f"/cases/{number}/", f"/cases/{number}/sheet/", "/remote-care/filings/new/machine/"):
        found += faults_of(machine, address, address)
    machine.wears("", "zh-hans")
    machine.go("/kiosk/menu/")
    machine.page.get_by_role("button", name=machine.words("Finish and clear")).click()
    machine.go(f"/cases/{number}/")
    machine.sees("What have you come for?")
    assert number not in machine.page.content() and found == []


def enter_by_code(machine):
    """At the machine the code comes to her own phone; nothing of it is typed for her."""
    machine.go("/sign-in/?next=/kiosk/menu/")
    machine.fill(phone=PHONE)
    machine.press("Send me a code")
    machine.fill(code=machine.read_code(PHONE))
    machine.press("Sign in")
