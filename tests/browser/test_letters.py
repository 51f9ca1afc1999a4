"""The letter that somebody prints, and the page on which anybody who holds it sees how the case stands now."""
import re

import pypdfium2

from . import filing
from .test_overdue import move_on

CODE = re.compile(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b")


def letter_of(visitor, number) -> str:
    """The text of the PDF that she is given."""
    answer = visitor.page.request.get(f"/cases/{number}/receipt.pdf")
    assert answer.status == 200 and answer.headers["content-type"] == "application/pdf"
    return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(answer.body()))


def verify(anybody, number, code):
    anybody.go("/v/")
    anybody.fill(number=number, code=code)
    anybody.press("Verify")


def test_a_letter_says_how_the_case_stands_now(visit):
    stranger, anybody = filing.patient(visit, "stranger"), visit()
    number = filing.file(stranger)
    text = letter_of(stranger, number)
    code = CODE.search(text).group()
    assert number in text
    verify(anybody, number, code)
    anybody.sees("This number is genuine: we issued it.", "Being looked at")
    clerk = filing.staff(visit)
    filing.accept(clerk, number)
    clerk.waits_for("In force")
    verify(anybody, number, code)
    anybody.sees("In force")
    altered = code[:-1] + ("2" if code[-1] != "2" else "3")
    verify(anybody, number, altered)
    anybody.sees("This number was altered or mistyped")
    move_on(clerk, *["One month on (30 days)"] * 7)
    stranger.go(f"/cases/{number}/")
    stranger.follow("Cancel the filing")
    stranger.fill(because="我已经搬回来了。")
    stranger.press("Cancel the filing")
    verify(anybody, number, code)
    anybody.sees("Cancelled")
