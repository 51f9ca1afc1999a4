"""保存期限: what is kept long enough goes by the clock, on the day it is due and not before; what proves something stays."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session

from tests import filings
from tests.remote_care.walking import browser
from tests.requests_of import review
from tests.town import JAN_5
from xinyijian.audit.models import Event
from xinyijian.audit.roles import append_only_tables
from xinyijian.casework import documents, page_store
from xinyijian.casework.models import Document, ErasedPages, KeptAnswer, Notice
from xinyijian.casework.workflow import act
from xinyijian.people import retention
from xinyijian.people.models import OneTimeCode
from xinyijian.policies import forget
from xinyijian.policies.models import Value

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


def sweep(at):
    return retention.sweep_all(at, real=at)


def code(sent_at):
    return OneTimeCode.objects.create(phone_digest="p", address_digest="a", code_digest="c", sent_at=sent_at, expires_at=sent_at + DAY)


def test_a_code_goes_after_its_day_and_not_a_second_before(town):
    code(JAN_5)
    assert sweep(JAN_5 + DAY)["one_time_codes"] == 0
    assert sweep(JAN_5 + DAY + SECOND)["one_time_codes"] == 1 and not OneTimeCode.objects.exists()


def test_what_belongs_to_no_region_goes_by_the_shortest_term(town):
    Value.objects.filter(service="retention", name="one_time_codes_days", region="320000").update(content=3)
    forget()
    code(JAN_5)
    assert sweep(JAN_5 + DAY + SECOND)["one_time_codes"] == 1


def test_sessions_and_failed_sign_ins_go(town):
    Session.objects.create(session_key="old", session_data="", expire_date=JAN_5)
    attempt = AccessAttempt.objects.create(username="digest", ip_address="127.0.0.1", get_data="", post_data="", failures_since_start=1)
    AccessAttempt.objects.filter(pk=attempt.pk).update(attempt_time=JAN_5)
    counts = sweep(JAN_5 + 180 * DAY)
    assert (counts["sessions"], counts["sign_in_attempts"]) == (1, 0)
    assert sweep(JAN_5 + 180 * DAY + SECOND)["sign_in_attempts"] == 1


def test_answers_kept_for_a_repeated_request_go_after_their_week(town):
    asked = {"client_id": "c", "fingerprint": "f", "code": 201, "body": ""}
    KeptAnswer.objects.bulk_create(KeptAnswer(key=str(n), at=JAN_5 + n * SECOND, **asked) for n in range(2))
    assert sweep(JAN_5 + 7 * DAY + SECOND)["answers"] == 1 and KeptAnswer.objects.get().key == "1"


@pytest.fixture
def refused(town, django_capture_on_commit_callbacks):
    filing = filings.submitted(town, at=JAN_5, person=town.stranger_person, by=town.stranger, papers=filings.FULL)
    return act(filing.refuse, by=town.clerk, at=JAN_5, reasons=["illegible"], because="dark")


def test_pictures_of_identity_papers_go_when_the_appeal_is_over(town, refused, django_capture_on_commit_callbacks):
    card = Document.objects.get(kind="identity_card")
    assert sweep(JAN_5 + 245 * DAY)["identity_images"] == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert sweep(JAN_5 + 245 * DAY + SECOND)["identity_images"] == 0, "the same picture still serves as another paper"
    with django_capture_on_commit_callbacks(execute=True):
        assert sum(sweep(JAN_5 + 3651 * DAY)[name] for name in ("identity_images", "papers")) == 0
    assert page_store.kept(card.stored) == 1


def test_a_picture_that_serves_one_purpose_goes_and_its_row_stays(town, django_capture_on_commit_callbacks):
    filing = filings.draft(town, at=JAN_5, person=town.stranger_person, by=town.stranger, papers=("identity_card",))
    card = Document.objects.get(docket=filing.docket)
    act(filing.withdraw, by=town.stranger, at=JAN_5)
    assert sweep(JAN_5 + 245 * DAY)["identity_images"] == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert sweep(JAN_5 + 245 * DAY + SECOND)["identity_images"] == 1
    assert page_store.kept(card.stored) == 0 and ErasedPages.objects.get().stored == card.stored
    assert Document.objects.get(pk=card.pk).sha256 == card.sha256 and documents.incomplete() == []
    client = browser(town.stranger, "en")
    assert client.get(f"/documents/{card.uuid}/").status_code == 404
    assert "picture deleted when its term was over" in client.get(f"/cases/{filing.number}/").content.decode()
    assert sweep(JAN_5 + 400 * DAY)["identity_images"] == 0


def test_given_again_after_that_it_is_drawn_and_kept_anew(town, django_capture_on_commit_callbacks):
    test_a_picture_that_serves_one_purpose_goes_and_its_row_stays(town, django_capture_on_commit_callbacks)
    again = filings.draft(town, at=JAN_5 + 300 * DAY, person=town.stranger_person, by=town.stranger)
    paper = Document.objects.get(docket=again.docket)
    assert paper.reused_from is None and page_store.kept(paper.stored) == 1


def test_as_long_as_somebody_has_to_decide_nothing_goes(town):
    filings.submitted(town, at=JAN_5)
    assert sweep(JAN_5 + 300 * DAY)["identity_images"] == 0


def test_the_words_of_a_message_go_that_it_was_sent_stays(town, refused):
    Notice.objects.update(next_try_at=None, state="delivered")
    assert sweep(JAN_5 + 1095 * DAY)["messages"] == 0
    count = Notice.objects.count()
    assert sweep(JAN_5 + 1095 * DAY + SECOND)["messages"] == count
    assert set(Notice.objects.values_list("text", flat=True)) == {""} and Notice.objects.count() == count
    assert "no longer kept" in browser(town.stranger, "en").get("/messages/").content.decode()


def test_a_draft_left_lying_is_emptied(town):
    filing = filings.draft(town, at=JAN_5)
    assert sweep(JAN_5 + 365 * DAY)["drafts"] == 0
    assert sweep(JAN_5 + 365 * DAY + SECOND)["drafts"] == 1
    filing.refresh_from_db()
    assert (filing.remote_address, filing.contact_phone, filing.status) == ("", "", "draft")


def test_another_regions_term_holds_there(town):
    Value.objects.filter(service="retention", name="drafts_days", region="430000").update(content=None)
    forget()
    filings.draft(town, at=JAN_5)
    filings.draft(town, at=JAN_5, person=town.jiangsu_person, by=town.jiangsu)
    assert sweep(JAN_5 + 366 * DAY)["drafts"] == 1


def test_every_sweep_is_on_record_with_its_counts(town):
    code(JAN_5)
    sweep(JAN_5 + 2 * DAY)
    event = Event.objects.get(kind="people.retention", verb="sweep")
    assert event.data["counts"]["one_time_codes"] == 1 and event.by_label == "clock"


def test_many_go_in_batches_of_their_own(town, monkeypatch):
    monkeypatch.setattr(retention, "BATCH", 3)
    for _each in range(7):
        code(JAN_5)
    assert sweep(JAN_5 + 2 * DAY)["one_time_codes"] == 7


def test_nothing_append_only_is_among_what_is_deleted(town):
    tables = append_only_tables()
    assert {"audit_event", "casework_document", "casework_decision"} <= set(tables)
    filings.in_force(town, at=JAN_5)
    before = Event.objects.count(), Document.objects.count()
    sweep(JAN_5 + 4000 * DAY)
    assert (Event.objects.count() - 1, Document.objects.count()) == before


def test_anybody_reads_how_long_what_is_kept(town, client):
    client.cookies["language"] = "en"
    html = client.get("/my-data/retention/", {"region": "430000", "on": "2026-01-05"}).content.decode()
    assert "Codes sent to a phone" in html and "245 days" in html and "without an end" in html and "PIPL-19" in html
    assert "nothing is deleted" in client.get("/my-data/retention/", {"region": "430000", "on": "2020-01-05"}).content.decode()


@pytest.mark.parametrize("state", ["failed", "letter"])
def test_what_is_still_to_be_phoned_or_posted_keeps_its_words(town, refused, state):
    Notice.objects.update(next_try_at=None, state=state)
    assert sweep(JAN_5 + 1096 * DAY)["messages"] == 0
    Notice.objects.update(state="posted")
    assert sweep(JAN_5 + 1096 * DAY)["messages"] == Notice.objects.count()


def test_pictures_stay_while_a_person_reviews_the_case_and_go_afterwards(town, django_capture_on_commit_callbacks):
    filing = filings.draft(town, at=JAN_5, person=town.stranger_person, by=town.stranger, papers=("identity_card",))
    act(filing.withdraw, by=town.stranger, at=JAN_5)
    asked = review(town, at=JAN_5, about=filing.docket)
    assert sweep(JAN_5 + 246 * DAY)["identity_images"] == 0
    act(asked.uphold, by=town.officer, at=JAN_5 + 246 * DAY, because="looked at it")
    with django_capture_on_commit_callbacks(execute=True):
        assert sweep(JAN_5 + 246 * DAY)["identity_images"] == 1
