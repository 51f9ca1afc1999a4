"""One filing from a phone to a decision, as people do it."""
import pytest

from . import filing


def the_whole_walk(visit, stack, **more):
    """A daughter files for her mother, a paper follows later; until nothing is missing."""
    lan = filing.patient_by_code(visit, **more)
    number = filing.file(lan, "My parent", papers=["identity_card"], letters=["promise"])
    clerk = filing.staff_by_password(visit, **more)
    clerk.sees("Worklist", "What is asked")
    assert number in clerk.page.locator("tbody tr").first.inner_text()
    filing.accept(clerk, number)
    clerk.waits_for("In force")
    clerk.waits_for("DEMO439901", seconds=30)  # the platform's number: the words "in force" may stand in the text of a button before
    stack.message("19900000001", number)
    hand_in(lan, number)
    verify(clerk, number)
    lan.go(f"/cases/{number}/")
    lan.sees("In force", "Received and checked. Nothing more to do.")
    lan.sees_not("Send it now")
    return number


def hand_in(lan, number):
    lan.go("/")
    lan.page.locator("main .tasks a").first.click()  # "what needs you" stands first
    lan.attach("file", filing.photo("later"))
    lan.press("Hand in a document")
    lan.sees("Document handed in", "Received. We are looking at it; you need not do anything now.")


def verify(clerk, number):
    clerk.go("/desk/")
    clerk.page.get_by_role("link", name=number, exact=True).click()
    clerk.follow("The document is good")
    clerk.press("The document is good")
    clerk.sees("Document verified")


def test_a_daughter_files_for_her_mother_and_a_paper_follows_later(visit, stack):
    the_whole_walk(visit, stack)


@pytest.mark.req("S3.9")
def test_the_same_walk_without_javascript(visit, stack):
    the_whole_walk(visit, stack, java_script_enabled=False)
