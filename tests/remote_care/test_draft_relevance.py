"""What no longer applies stops counting on the server, whatever a browser still sends (strength.md part 3, 22)."""
import hashlib
from datetime import timedelta

import pytest

from remote_care import drafts
from remote_care.models import Filing
from tests import filings
from tests.remote_care.walking import ADDRESS, SHENZHEN, begin, browser, fill_in, get, hidden, photo, post, sign, url
from xinyijian.casework.business_time import business_now
from xinyijian.casework.days import day_of
from xinyijian.casework.workflow import act


@pytest.fixture
def today():
    return day_of(business_now()).isoformat()


@pytest.fixture
def lan(town):
    return browser(town.lan)


@pytest.fixture
def filing(town, lan, today):
    filing = begin(lan, town.lan_person)
    fill_in(lan, filing, basis="commitment", papers=("identity_card",), today=today)
    sign(lan, filing, "commitment")
    return Filing.objects.get()


@pytest.mark.req("S3.16")
def test_a_commitment_is_void_when_the_basis_changes_even_back_again(town, lan, filing):
    assert filing.commitment_signed_at and "Commitment letter" in get(browser(town.lan, "en"), filing, "check")
    post(lan, filing, "basis", basis="documents", commitment_signed_at="2026-01-01", sign_commitment="on")
    assert Filing.objects.get().commitment_signed_at is None
    assert "Commitment letter" not in get(browser(town.lan, "en"), filing, "check")
    post(lan, filing, "basis", basis="commitment")
    assert Filing.objects.get().commitment_signed_at is None, "what was signed before does not come back by itself"


@pytest.mark.req("S3.17")
@pytest.mark.parametrize("slug, change", [
    ("contact", ADDRESS | {"remote_address": "另一条路 7 号 301"}),
    ("where", {"place": SHENZHEN, "resident_since": "2024-03-01"}),
    ("where", {"place": "440100", "resident_since": "2024-03-02"}),
])
def test_a_signature_is_good_for_the_text_that_was_signed_only(lan, filing, slug, change, today):
    post(lan, filing, slug, **{"start_on": today} | change)
    assert Filing.objects.get().commitment_signed_at is None
    post(lan, filing, "check", 409)
    sign(lan, filing, "commitment")
    post(lan, filing, "check")
    signed = [entry["sha256"] for entry in Filing.objects.get().signed_letters if entry["name"] == "commitment"]
    assert len(set(signed)) == 2, "both signatures are kept"


def test_saving_the_same_answers_again_leaves_the_signature(lan, filing, today):
    post(lan, filing, "contact", **ADDRESS)
    post(lan, filing, "where", place="440100", start_on=today, resident_since="2024-03-01")
    assert Filing.objects.get().commitment_signed_at == filing.commitment_signed_at


def test_the_kept_text_is_the_one_whose_hash_was_signed(filing):
    entry = drafts.signed_letter(filing, "commitment")
    assert hashlib.sha256(entry["text"].encode()).hexdigest() == entry["sha256"]
    assert entry["text"] == drafts.letter_of(filing, "commitment", business_now()).text
    assert filing.number in entry["text"], "it cannot be used for another case"


def test_a_text_that_changed_meanwhile_is_not_signed(town, lan, today):
    filing = begin(lan, town.lan_person)
    fill_in(lan, filing, basis="commitment", papers=("identity_card",), today=today)
    shown = hidden(get(lan, filing, "sign"))
    post(browser(town.lan), filing, "contact", **ADDRESS | {"remote_address": "另一条路 7 号 301"})
    answer = post(lan, filing, "sign", 409, sign_commitment="on", **shown)
    assert "另一条路 7 号 301" in answer.content.decode() and Filing.objects.get().commitment_signed_at is None


@pytest.mark.req("S0.12")
def test_a_promise_is_for_the_papers_it_names(town, lan, today):
    filing = begin(lan, town.mother_person)
    fill_in(lan, filing, papers=("identity_card",), today=today)
    sign(lan, filing, "promise")
    filing = Filing.objects.get()
    assert filing.promise_signed_at and filing.signed_letters[-1]["codes"] == ["residence_proof"]
    post(lan, filing, "papers", send="residence_proof", kind_residence_proof="lease", file_residence_proof=photo((9, 9, 9)))
    assert Filing.objects.get().promise_signed_at is None, "nothing is missing any more"


def test_nothing_is_saved_once_it_is_sent(town, lan, filing):
    act(filing.submit, by=town.lan, at=business_now() + timedelta(seconds=1))
    typed = {"where": {"place": SHENZHEN}, "basis": {"basis": "documents"}, "contact": ADDRESS | {"contact_name": "x"}, "sign": {}}
    for page, fields in (typed | {"papers": {"file_identity_card": photo((1, 2, 3))}}).items():
        assert post(lan, filing, page, **fields).url == f"/cases/{filing.number}/"
    kept = Filing.objects.get()
    assert (kept.place_id, kept.basis, kept.contact_name, kept.docket.documents.count()) == ("440100", "commitment", "李晓兰", 1)


def test_a_state_that_is_posted_is_ignored(lan, filing):
    wish = {"status": "in_force", "person": 1, "platform_number": "N1", "promise_signed_at": "2026-01-01"}
    assert lan.post(url(filing, "contact"), ADDRESS | wish).status_code == 302
    kept = Filing.objects.get()
    assert kept.status == "draft" and kept.platform_number == "" and kept.promise_signed_at is None



def test_the_page_of_signatures_asks_the_database_no_more_than_it_must(town, django_assert_max_num_queries):
    filing, lan = filings.draft(town, at=business_now(), promise=False), browser(town.lan)
    lan.get(f"/remote-care/filings/{filing.number}/sign/")
    with django_assert_max_num_queries(51):  # five ask how the daughter stands in for her mother, one for the counter of her region
        assert lan.get(f"/remote-care/filings/{filing.number}/sign/").status_code == 200
