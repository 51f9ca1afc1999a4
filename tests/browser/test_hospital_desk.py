"""The hospital's desk in a browser: is she entitled, and a sheet of paper from the time when nothing worked."""
import re
from datetime import datetime, timedelta

import pytest

from xinyijian.people import crypto

from . import filing

DEMO = True  # its people are who comes to the hospital
MOTHER = "439901000000104"


@pytest.mark.req("S0.7", "S0.9")
def test_a_sheet_is_printed_written_on_entered_and_its_filing_is_marked_late(visit, stack):
    desk = filing.staff(visit, "hospital-a")
    desk.follow("Is she entitled?")
    certificate, name = mother(stack)
    desk.fill(number=certificate, name=name)
    desk.press("Search")
    desk.sees("Entitled to “Trust Health”", "the child")
    desk.go("/hospital/sheets/")
    desk.fill(count="1")
    desk.press("Print new sheets")
    number = desk.page.locator(".sheet .big-number").first.inner_text().strip()
    enter(desk, number, certificate, name, minutes=5)  # still to come
    desk.sees("This moment is still to come")
    desk.fill(**when(desk, minutes=0))
    desk.press("Enter it")
    desk.sees("Entered, with the time that stands on the sheet. Now fill in the rest and send it.")
    case = re.search(r"[A-Z]{2}439901-\d{6}-\w{8}", desk.page.url).group(0)
    desk.go("/hospital/filings/")
    assert case in desk.text and desk.page.locator(".late").count() >= 1
    enter(desk, number, certificate, name, minutes=0, because="again")
    assert case in desk.text


def mother(stack):
    """(certificate, name) as they stand on her card."""
    rows = stack.sql("SELECT cert_number, name FROM people_person WHERE psn_no = %s", MOTHER)
    return tuple(crypto.decrypt(sealed) for sealed in rows[0])


def when(desk, *, minutes):
    """Day and time of now and so many minutes later, as the server tells it."""
    moment = datetime.fromisoformat(desk.page.locator(".who-time time").get_attribute("datetime")) + timedelta(minutes=minutes)
    return {"on": f"{moment:%Y-%m-%d}", "time": f"{moment:%H:%M}"}


def enter(desk, number, certificate, name, *, minutes, because="nothing answered"):
    desk.go("/hospital/sheets/enter/")
    desk.fill(sheet=number, number=certificate, name=name, because=because, **when(desk, minutes=minutes))
    desk.page.check("[name=cause][value=portal]")
    desk.page.check("[name=signed]")
    desk.press("Enter it")
