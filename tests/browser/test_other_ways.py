"""Other ways through the same door: the admin, another province, the counter, another device."""
import pytest

from xinyijian.people.demo import PASSWORD

from . import filing

STRANGER = "439901197901151099"  # the certificate of the demo's 周明


def test_a_filing_is_decided_in_the_admin(visit):
    stranger = filing.patient(visit, "stranger")
    number = filing.file(stranger)
    officer = filing.staff(visit, "officer")
    officer.go("/admin/remote_care/filing/")
    officer.page.get_by_role("link", name=number).click()
    officer.page.get_by_role("link", name=officer.words("Accept"), exact=True).click()
    officer.page.get_by_role("button", name=officer.words("Accept"), exact=True).click()
    officer.page.wait_for_url("**/change/")
    stranger.go(f"/cases/{number}/")
    stranger.waits_for("In force")


@pytest.mark.req("S3.16")
def test_in_jiangsu_a_letter_of_commitment_will_do(visit):
    somebody = filing.patient(visit, "jiangsu")
    number = filing.file(somebody, papers=["identity_card"], basis="commitment", city=filing.SHANGHAI, letters=["commitment"],
                         contact_first=True)
    clerk = filing.staff(visit, "clerk-jiangsu")
    filing.accept(clerk, number)
    clerk.waits_for("In force")
    somebody.go(f"/cases/{number}/")
    somebody.sees("In force")
    somebody.sees_not("Papers that follow later")


@pytest.mark.req("S3.31")
def test_somebody_at_the_counter_has_it_filed_for_him(visit):
    counter = filing.staff(visit, "counter")
    counter.go("/remote-care/counter/")
    counter.fill(number=STRANGER)
    counter.press("Search")
    counter.sees("Compare with the certificate before you go on.")
    counter.press("Begin a filing for this person")
    filing.read_notice(counter)
    filing.say_where(counter)
    filing.choose_basis(counter)
    filing.give_papers(counter, "identity_card", "residence_proof")
    filing.say_contact(counter)
    number = filing.number_on(counter)
    counter.press("Send the filing")
    counter.sees("Your filing has been sent")
    clerk = filing.staff(visit)
    assert number in clerk.text


def test_a_draft_goes_on_where_it_was_left_on_another_device(visit):
    phone = filing.patient(visit, "stranger")
    number = filing.begin(phone, "Myself")
    filing.read_notice(phone)
    filing.say_where(phone)
    filing.choose_basis(phone)
    desk = visit(width=1280)
    desk.enter("stranger", PASSWORD)
    desk.page.locator("main .tasks a").first.click()
    desk.follow("Go on filling it in")
    desk.sees("Your papers")
    desk.go(f"/remote-care/filings/{number}/where/")
    assert desk.page.locator("[name=place]").input_value() == filing.GUANGZHOU
