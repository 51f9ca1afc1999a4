"""The desk offers what is the desk's to do, in the desk's words; the person reads hers."""
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from remote_care.models import Filing
from tests import filings
from tests.remote_care.walking import browser
from xinyijian.casework.business_time import business_now
from xinyijian.casework.workflow import act


@pytest.fixture
def now(db):
    return business_now() - timedelta(hours=1)


def read(user, filing, verb=""):
    return browser(user, "en").get(f"/cases/{filing.number}/{verb}").content.decode()


def test_staff_withdraw_only_what_came_over_the_counter(town, now):
    filing = filings.submitted(town, at=now, papers=filings.FULL)
    assert "/withdraw/" not in read(town.clerk, filing) and "/withdraw/" in read(town.lan, filing)
    with pytest.raises(PermissionDenied):
        act(filing.withdraw, by=town.counter, at=now)
    Filing.objects.filter(pk=filing.pk).update(channel="counter")
    assert "/withdraw/" in read(town.clerk, filing)


def test_whoever_checks_a_paper_is_not_told_to_wait(town, now):
    gap = filings.in_force(town, at=now)
    given = filings.with_paper(gap, gap.owed[0], by=town.lan, at=now)
    assert "Please check it" in read(town.clerk, given) and "you need not do anything now" not in read(town.clerk, given)
    assert "you need not do anything now" in read(town.lan, given)


def test_a_refusal_names_a_reason_when_every_rule_is_met(town, now):
    filing = filings.submitted(town, at=now, papers=filings.FULL)
    client, address = browser(town.clerk, "en"), f"/cases/{filing.number}/refuse/"
    answer = client.post(address, {"because": "The photo is dark"})
    assert answer.status_code == 422 and "please tick at least one reason" in answer.content.decode()
    assert client.post(address, {"because": "The photo is dark", "reasons": "illegible"}).status_code == 302


def test_the_person_reads_one_calm_sentence_about_unsure_rules_and_staff_all_of_them(town, now):
    filing = filings.submitted(town, at=now, papers=filings.FULL)
    act(filing.refuse, by=town.clerk, at=now, reasons=["illegible"], because="The number cannot be read")
    hers, theirs = read(town.lan, filing), read(town.clerk, filing)
    assert "Some rules of this region are still being confirmed." in hers and 'href="/policies/"' in hers
    assert "On which values of the policy?" not in hers and "not verified" not in hers
    assert "On which values of the policy?" in theirs and "still being confirmed" not in theirs
