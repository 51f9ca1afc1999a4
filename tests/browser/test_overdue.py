"""The promised paper does not come: reminder, end, and a way back, in words that frighten nobody."""
import pytest

from . import filing

PHONE = "19900000001"
THREATS = ("停保", "停止治疗", "不予救治", "拒绝救治", "失信", "处罚")


def move_on(visitor, *steps):
    """The demo's clock: one press each."""
    for step in steps:
        visitor.go("/demo/time/")
        visitor.press(step)
        visitor.page.wait_for_load_state()
        assert visitor.page.locator(".notification, [role=status], .note").count()


@pytest.mark.req("S0.80")
def test_a_paper_that_does_not_come_ends_the_filing_but_never_the_care(visit, stack):
    lan = filing.patient(visit)
    number = filing.file(lan, "My parent", papers=["identity_card"], letters=["promise"])
    clerk = filing.staff(visit)
    filing.accept(clerk, number)
    clerk.waits_for("In force")
    move_on(clerk, "One month on (30 days)", "One week on")
    reminder = stack.message(PHONE, "提醒|请.*之前|请在")
    move_on(clerk, "One week on")
    over = stack.message(PHONE, "不影响|不受影响")
    lan.go(f"/cases/{number}/")
    lan.sees("No longer in force: documents were not handed in")
    assert not [word for word in THREATS for text in (reminder, over, lan.text) if word in text]
    lan.follow("Send it now")
    lan.attach("file", filing.photo("late"))
    lan.press("Hand in a document")
    lan.sees("Document handed in")
