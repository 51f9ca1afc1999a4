"""Who is offered the counter, and the home page's way to a filing."""
import pytest

from tests.remote_care.walking import browser

LINK = 'href="/remote-care/counter/"'


@pytest.mark.parametrize("who, offered", [("counter", True), ("clerk", True), ("officer", True), ("hospital_a", False), ("auditor", False)])
def test_the_counter_is_offered_to_whom_it_serves(town, who, offered):
    html = browser(getattr(town, who)).get("/desk/").content.decode()
    assert (LINK in html) is offered


def test_staff_who_start_a_filing_are_sent_to_the_counter(town):
    assert browser(town.clerk).get("/remote-care/filings/new/").url == "/remote-care/counter/"
