"""Another print size or language in the middle of a page: what is typed there stays, with a script and without."""
import re

import pytest
from playwright.sync_api import expect

from . import filing


@pytest.mark.parametrize("switch, script", [("elder=on", True), ("language=en", False)])
def test_a_switch_in_the_middle_of_a_page_loses_nothing(visit, switch, script):
    somebody = filing.patient(visit, java_script_enabled=script)
    number = filing.begin(somebody, "Myself")
    somebody.go(f"/remote-care/filings/{number}/contact/")
    somebody.fill(contact_name="李晓兰", remote_address="示例大道 12 号")
    somebody.page.locator(f".switches button[value='{switch}']").click()
    expect(somebody.page.locator(f".switches button[value='{switch}']")).to_have_count(0)
    assert somebody.page.input_value("[name=contact_name]") == "李晓兰"
    assert somebody.page.input_value("[name=remote_address]") == "示例大道 12 号"
    somebody.page.press("[name=contact_name]", "Enter")  # is no press of a switch
    expect(somebody.page).not_to_have_url(re.compile("/contact/$"))
