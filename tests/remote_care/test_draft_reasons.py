"""Every rule that is not met stands on the last page with its remedy before anything is sent, and where it can be mended."""
from datetime import date, timedelta
from html import unescape

import pytest
from django.utils.translation import override

from remote_care import drafts, policy
from remote_care.models import Filing
from tests import filings
from tests.remote_care.walking import SHENZHEN, begin, browser, fill_in, get, photo, post, url
from tests.town import rate
from xinyijian.casework.business_time import business_now
from xinyijian.casework.days import day_of
from xinyijian.casework.rules import answers


@pytest.fixture
def today():
    return day_of(business_now()).isoformat()


def texts_of_unmet(filing):
    """What the rules say now, in the words of the page."""
    facts = filing.facts_for([filing], business_now())[filing.pk]
    return {a.code: (str(a.text), str(a.remedy)) for _rule, a in answers(policy.ALL, facts, filing.params()) if not a.ok}


def expect(client, filing, *codes):
    filing = Filing.objects.get(pk=filing.pk)
    with override(client.cookies["language"].value):
        unmet = texts_of_unmet(filing)
    assert set(unmet) == set(codes)
    page, refused = get(client, filing, "check"), post(client, filing, "check", 409).content.decode()
    for text, remedy in unmet.values():
        for html in (page, refused):
            assert text in unescape(html) and remedy in unescape(html)
    assert Filing.objects.get(pk=filing.pk).status == "draft"


@pytest.mark.req("S3.23")
def test_an_empty_draft_hears_everything_at_once(town):
    client = browser(town.lan, "en")
    filing = begin(client, town.mother_person)
    expect(client, filing, "notice_unread", "not_away", "contact_incomplete", "principal_missing", "gap_not_allowed")
    page = get(client, filing, "check")
    for slug in ("notice", "where", "contact", "papers", "sign"):
        assert f'href="{url(filing, slug)}"' in page


CASES = {
    "start_unsound": {"start_on": date(2020, 1, 1)},
    "not_away": {"place_id": "439900"},
    "contact_incomplete": {"contact_phone": ""},
    "notice_unread": {"notice_read_at": None},
    "principal_missing": {"papers": ()},
}


@pytest.mark.parametrize("code", CASES)
def test_each_lack_alone_is_named(town, code):
    change = dict(CASES[code])
    at = business_now()
    papers = change.pop("papers", ("identity_card", "residence_proof"))
    filing = filings.draft(town, at=at, papers=papers, **change)
    if code == "principal_missing":
        filings.documents.receive(filing.docket, "residence_proof", photo(), by=town.lan, at=at)
    if code != "notice_unread":
        _read(filing, town)
    expect(browser(town.lan), filing, code)


def _read(filing, town):
    Filing.objects.filter(pk=filing.pk).update(notice_read_at=None)
    at = business_now()
    drafts.sign(filing, "filing_notice", drafts.letter_of(filing, "filing_notice", at).sha256, by=town.lan, at=at, how="read")


@pytest.mark.req("S3.19", "S3.20")
def test_a_second_city_is_no_place_for_a_commitment_and_a_third_too_many(town, today):
    at, client = business_now(), browser(town.lan, "en")
    for place in ("310100", "110100"):
        filings.submitted(town, at=at, place_id=place, papers=("identity_card", "residence_proof"))
    filing = begin(client, town.mother_person)
    answer = post(client, filing, "where", 422, place=SHENZHEN, start_on=today, resident_since="2024-03-01")
    assert "as many cities as are allowed" in answer.content.decode() and 'name="anyway"' in answer.content.decode()
    post(client, filing, "where", place=SHENZHEN, start_on=today, resident_since="2024-03-01", anyway="1")
    offered = get(client, filing, "basis")
    assert "already have a filing for another city" in offered and 'value="commitment"' not in offered, "what cannot be used is not offered"
    assert "cannot be used for a second one" in post(client, filing, "basis", 422, basis="commitment").content.decode()
    assert {"too_many_cities", "commitment_not_allowed"} <= set(texts_of_unmet(Filing.objects.get(pk=filing.pk)))


def test_the_same_city_twice_is_said_on_the_page_of_the_city(town, today):
    filings.submitted(town, at=business_now(), papers=("identity_card", "residence_proof"))
    client = browser(town.lan, "en")
    filing = begin(client, town.mother_person)
    answer = post(client, filing, "where", 422, place=filings.PLACE, start_on=today, resident_since="")
    assert "already is a live filing for this city" in answer.content.decode()


@pytest.mark.req("S0.4")
def test_somebody_without_the_programme_must_add_the_paper_and_nothing_else(town, today):
    client = browser(town.stranger, "en")
    filing = begin(client, town.stranger_person)
    fill_in(client, filing, papers=("identity_card",), today=today)
    page = get(client, filing, "sign")
    assert "add the documents now" in page and 'name="sign_promise"' not in page
    expect(client, filing, "gap_not_allowed")
    post(client, filing, "papers", send="residence_proof", file_residence_proof=photo((3, 3, 3)))
    post(client, filing, "check")
    assert Filing.objects.get().status == "submitted"


@pytest.mark.req("S0.80")
def test_a_broken_promise_is_no_ground_for_a_new_one(town, today):
    rate(town.mother_person, "breach")
    client = browser(town.lan, "en")
    filing = begin(client, town.mother_person)
    fill_in(client, filing, papers=("identity_card",), today=today)
    assert 'name="sign_promise"' not in get(client, filing, "sign")
    expect(client, filing, "gap_not_allowed")


@pytest.mark.req("S3.15")
def test_a_stay_that_is_too_short_is_not_sworn_to(town, today):
    client = browser(town.lan, "en")
    filing = begin(client, town.lan_person)
    lately = (day_of(business_now()) - timedelta(days=40)).isoformat()
    fill_in(client, filing, basis="commitment", papers=("identity_card",), today=today, since=lately)
    page = get(client, filing, "sign")
    assert "shorter than 6 months" in page and 'name="sign_commitment"' not in page
    expect(client, filing, "commitment_lacking")


def test_a_missing_principal_paper_is_said_on_the_page_of_papers(town):
    client = browser(town.lan, "en")
    filing = begin(client, town.lan_person)
    assert "Principal documents are missing" in post(client, filing, "papers", 422).content.decode()
    assert post(client, filing, "papers", anyway="1").url == url(filing, "contact")
