"""Who may see a draft: its own side and the bureau of the region; for everybody else it does not exist."""
import pytest

from remote_care.models import Filing
from tests.remote_care.walking import begin, browser, url
from xinyijian.casework.business_time import business_now
from xinyijian.people.models import Grant

PAGES = ("notice", "where", "basis", "papers", "contact", "sign", "check", "sent", "letters/promise", "letters/commitment")


@pytest.fixture
def filing(town):
    return begin(browser(town.lan), town.mother_person)


def addresses(filing):
    return [f"/remote-care/filings/{filing.number}/", *(url(filing, page) for page in PAGES)]


def test_for_a_stranger_it_does_not_exist(town, filing):
    for user in (town.stranger, town.elsewhere, town.jiangsu_clerk, town.hospital_a, town.physician, town.father):
        client = browser(user)
        for address in addresses(filing):
            assert client.get(address).status_code == 404, (user, address)
            assert client.post(address, {"contact_name": "x"}).status_code in (404, 405), (user, address)
    assert Filing.objects.get().contact_name == ""


def test_without_a_sign_in_one_is_asked_to_sign_in(filing):
    for address in addresses(filing):
        assert browser().get(address).url.startswith("/sign-in/?next=/remote-care/")


def test_an_auditor_sees_that_it_exists_but_cannot_open_the_form(town, filing):
    for address in addresses(filing)[:-3]:
        assert browser(town.auditor).get(address).status_code == 403


def test_a_grant_that_was_taken_back_closes_the_draft(town, filing):
    client = browser(town.lan)
    assert client.get(url(filing, "where")).status_code == 200
    Grant.objects.update(revoked_at=business_now())
    assert client.get(url(filing, "where")).status_code == 404


def test_the_person_herself_fills_it_in_and_the_bureau_what_came_over_the_counter(town, filing):
    assert browser(town.mother).get(url(filing, "where")).status_code == 200
    for user in (town.clerk, town.counter):
        assert browser(user).get(url(filing, "where")).status_code == 403
    Filing.objects.update(channel=Filing.Channel.COUNTER)
    for user in (town.clerk, town.counter):
        assert browser(user).get(url(filing, "where")).status_code == 200


def test_pages_with_personal_data_are_kept_by_no_cache(town, filing):
    assert "no-store" in browser(town.lan).get(url(filing, "contact")).headers["Cache-Control"]


def test_nothing_is_changed_without_the_token_against_forgery(town, filing):
    client = browser(town.lan, enforce_csrf_checks=True)
    for page in PAGES[:7]:
        assert client.post(url(filing, page), {"contact_name": "x"}).status_code == 403
