"""Another print size or language in the middle of a page: what is typed there stays."""
import pytest

from . import filing


@pytest.mark.parametrize("switch", ["elder", "language"])
def test_a_switch_in_the_middle_of_a_page_loses_nothing(visit, switch):
    somebody = filing.patient(visit)
    number = filing.begin(somebody, "Myself")
    somebody.go(f"/remote-care/filings/{number}/contact/")
    somebody.fill(contact_name="李晓兰", remote_address="示例大道 12 号")
    with somebody.page.expect_navigation():
        somebody.page.locator(f".switches button[name={switch}]").click()
    assert somebody.page.input_value("[name=contact_name]") == "李晓兰"
    assert somebody.page.input_value("[name=remote_address]") == "示例大道 12 号"
    assert somebody.page.url.endswith("/contact/")
