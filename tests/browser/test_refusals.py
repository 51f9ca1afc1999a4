"""Not yet, and no: every reason, what to do about each, and the way to send it again."""
import pytest

from . import filing

BECAUSE = "两份材料上的姓名不一致，请核对后再报。"


def open_case(clerk, number, step):
    clerk.go("/desk/")
    clerk.page.get_by_role("link", name=number, exact=True).click()
    clerk.follow(step)


@pytest.mark.req("S3.24")
def test_a_refusal_gives_every_reason_and_what_to_do(visit):
    stranger = filing.patient(visit, "stranger")
    number = filing.file(stranger)
    clerk = filing.staff(visit)
    open_case(clerk, number, "Refuse")
    clerk.press("Refuse")  # nothing said: the page asks for a reason, and what was typed stays
    clerk.page.locator(".error-summary").wait_for()
    clerk.tick("reasons=proves_nothing", "reasons=not_the_person")
    clerk.fill(because=BECAUSE)
    clerk.press("Refuse")
    clerk.sees("Refused")
    stranger.go(f"/cases/{number}/")
    stranger.sees("Not approved", "The proof of residence does not show that you live there", "A document belongs to somebody else",
                  "A residence permit, a deed or a rental contract in your name does", "Give the document of the insured person")
    assert BECAUSE in stranger.text


def test_a_filing_that_was_returned_is_mended_and_sent_again(visit):
    stranger = filing.patient(visit, "stranger")
    number = filing.file(stranger)
    clerk = filing.staff(visit)
    open_case(clerk, number, "Return for correction")
    clerk.tick("redo=residence_proof")
    clerk.fill(because="居住证明看不清，请重拍。")
    clerk.press("Return for correction")
    stranger.go("/")
    stranger.page.locator("main .tasks a").first.click()
    stranger.sees("We need something from you before we can decide")
    assert "居住证明看不清" in stranger.text
    stranger.follow("Correct it and send it again")
    stranger.go(f"/remote-care/filings/{number}/papers/")
    stranger.attach("file_residence_proof", filing.photo("in daylight"))
    stranger.press("Continue")
    stranger.go(f"/remote-care/filings/{number}/check/")
    stranger.press("Send the filing")
    stranger.sees("Your filing has been sent")
    filing.accept(clerk, number)
