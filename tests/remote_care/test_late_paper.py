"""A promised paper that comes after the filing has lapsed: what it still brings, and what it does not."""
from datetime import timedelta

import pytest

from remote_care.models import Filing
from tests import filings
from tests.remote_care.walking import browser
from tests.town import JAN_5
from xinyijian.casework import clock
from xinyijian.casework.models import Notice
from xinyijian.casework.workflow import act
from xinyijian.policies.models import Value

DAY = timedelta(days=1)
PROOF = "residence_proof"


@pytest.fixture
def lapsed(town):
    """The promise was broken, and the pack lets the filing lapse by itself."""
    Value.objects.filter(name="gap_overdue_effect").update(content="end")
    filing = filings.in_force(town, at=JAN_5)
    clock.tick(filing.gap_told)
    return Filing.objects.get(pk=filing.pk)


def words_of(verb, who):
    return Notice.objects.filter(template=f"remote_care/{verb}", recipient=who).latest("pk").text


@pytest.fixture
def english(town):
    town.lan.language = "en"
    town.lan.save(update_fields=["language"])


def test_the_page_says_what_a_late_paper_brings_and_promises_no_rest_of_the_term(town, lapsed):
    client = browser(town.lan, "en")
    assert "stays ended, also when the document comes now" in client.get(f"/cases/{lapsed.number}/").content.decode()
    step = client.get(f"/cases/{lapsed.number}/give_missing/").content.decode()
    assert "The bureau checks it and tells you" in step and "rests" not in step


def test_the_notices_after_a_lapse_say_that_it_mends_the_promise_and_not_the_filing(town, lapsed, english):
    at = lapsed.gap_told + DAY
    given = filings.with_paper(lapsed, PROOF, by=town.lan, at=at)
    told = words_of("give_missing", town.lan_person.pk)
    assert "stays ended" in told and "rests" not in told
    back = act(given.reject_gap, by=town.clerk, at=at, code=PROOF, because="x")
    told = words_of("reject_gap", town.lan_person.pk)
    assert "Please give a better one." in told and "2026" not in told.partition("Details")[0]
    again = filings.with_paper(back, PROOF, by=town.lan, at=at + DAY)
    assert act(again.verify_gap, by=town.clerk, at=at + DAY, code=PROOF).status == "lapsed"
    assert "in a new filing you may promise again" in words_of("verify_gap", town.lan_person.pk)


def test_in_time_the_term_rests_and_the_notice_says_so(town, english):
    filing = filings.in_force(town, at=JAN_5)
    filings.with_paper(filing, PROOF, by=town.lan, at=JAN_5 + DAY)
    assert "Until then your term rests." in words_of("give_missing", town.lan_person.pk)
