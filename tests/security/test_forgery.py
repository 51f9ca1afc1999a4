"""No form is taken from elsewhere, none sets what it does not ask, and nobody is maker and checker at any door."""

import io
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from remote_care.models import Filing
from tests import filings
from tests.remote_care.walking import browser, hidden
from tests.town import JAN_5, make_post
from xinyijian.casework.business_time import business_now
from xinyijian.casework.rules import Refused
from xinyijian.casework.steps import steps_of
from xinyijian.casework.workflow import act
from xinyijian.people.models import Post

from . import addresses
from .asking import Asker

FORBIDDEN = {
    "status": "in_force",
    "decided_by": "1",
    "decided_by_id": "1",
    "region": "320000",
    "region_id": "329901",
    "person": "1",
    "person_id": "1",
    "opened_by": "1",
    "organisation": "1",
    "number": "RC439901-260101-AAAAAAAA",
    "platform_number": "DEMO1",
    "end_on": "2099-01-01",
    "promise_signed_at": "2026-01-01",
    "notice_read_at": "2026-01-01",
    "signed_letters": "[]",
    "agent": "1",
    "gaps": "[]",
    "in_force_at": "2026-01-01",
    "next_due_at": "2099-01-01",
    "channel": "counter",
    "type": "referred",
}


def test_no_unsafe_request_is_taken_without_its_token(town):
    filing = filings.in_force(town, at=JAN_5)
    everything = [*addresses.plain(), *(real for real, _ in (*addresses.of_case(filing), *addresses.of_case_in_admin(filing)))]
    told = Asker().ask("POST", "/preferences/", csrf=True).content
    for user, asked in ((town.root, everything), (town.lan, everything[::9]), (None, everything[::9])):
        asker = Asker(user)
        for address in asked:
            if address[1:] not in (*addresses.SIGNATURE, *addresses.READ_ONLY):
                answer = asker.ask("POST", address, csrf=True)
                assert (answer.status_code, answer.content) == (403, told), (user, address, answer.status_code)
    client = browser(town.root, enforce_csrf_checks=True)
    for ask in (client.put, client.patch, client.delete):
        assert ask(f"/cases/{filing.number}/cancel/").status_code == 403


def test_a_machines_door_takes_no_cookie_for_a_signature(town, client):
    for user in (None, town.lan, town.root):
        answer = browser(user, enforce_csrf_checks=True).post(
            "/gateways/receipts/", {"key": "notice-1"}, content_type="application/json"
        )
        assert answer.status_code == 401


@pytest.fixture
def own(town):
    """A filing that the superuser opened and sent herself."""
    filing = filings.draft(town, at=JAN_5, by=town.root, papers=filings.FULL)
    return act(filing.submit, by=town.root, at=JAN_5)


@pytest.mark.parametrize("verb", ["accept", "refuse"])
@pytest.mark.parametrize("door", ["/cases/{number}/{verb}/", "/admin/remote_care/filing/{pk}/step/{verb}/"])
def test_a_superuser_does_not_decide_what_she_opened_at_any_door(town, own, verb, door):
    answer = browser(town.root, "en").post(
        door.format(number=own.number, pk=own.pk, verb=verb), {"because": "mine", "reasons": ["illegible"]}
    )
    assert answer.status_code == 409 and "You opened this case yourself" in answer.content.decode()
    assert Filing.objects.get(pk=own.pk).status == "submitted"


def test_nor_in_the_engine_nor_in_the_database(town, own):
    with pytest.raises(Refused) as no:
        act(own.accept, by=town.root, at=JAN_5)
    assert [unmet.code for unmet in no.value.unmet] == ["four_eyes"]
    with pytest.raises(IntegrityError, match="filing_four_eyes"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE remote_care_filing SET decided_by_id = opened_by_id WHERE id = %s", [own.pk])
    assert act(Filing.objects.get(pk=own.pk).accept, by=town.clerk, at=JAN_5).decided_by == town.clerk


def test_every_step_that_decides_wants_four_eyes_or_follows_one_that_did():
    deciding = {verb for verb, step in steps_of(Filing).items() if step.decision}
    assert {verb for verb in deciding if steps_of(Filing)[verb].four_eyes} >= {"accept", "refuse"}
    assert deciding - {"accept", "refuse"} == {"take_back", "lapse"}  # of a filing that a second person had accepted


def test_nobody_gives_herself_a_post_or_changes_her_own(town):
    client, mine = browser(town.root), make_post(town.root, town.bureau, "clerk")
    fields = {"user": town.root.pk, "organisation": town.bureau.pk, "role": "officer", "since": "2026-01-01"}
    before = Post.objects.count()
    assert client.post("/admin/people/post/add/", fields).status_code == 200  # shown again, with what is wrong
    assert client.post(f"/admin/people/post/{mine.pk}/change/", fields).status_code == 403
    assert Post.objects.count() == before and Post.objects.get(pk=mine.pk).role == "clerk"
    with pytest.raises(IntegrityError, match="post_not_given_to_oneself"), transaction.atomic():
        Post.objects.create(user=town.root, organisation=town.bureau, role="officer", since=JAN_5.date(), given_by=town.root)


def test_nobody_raises_her_own_rights_in_the_admin(town):
    user, root = town.clerk, town.root
    assert browser(user).post(f"/admin/people/user/{user.pk}/change/", {"is_superuser": "on"}).status_code == 403
    own = {"username": "root", "language": "en", "display_name": "", "person": town.lan_person.pk, "_save": "1"}
    browser(root).post(f"/admin/people/user/{root.pk}/change/", own)
    root.refresh_from_db()
    assert (root.is_superuser, root.is_active, root.person_id) == (True, True, None)


def protected(filing) -> dict:
    """Everything of the row that a form of the draft does not ask."""
    asked = {"place_id", "start_on", "resident_since", "basis", "contact_name", "contact_phone", "remote_address", "mistyped"}
    row = Filing.objects.filter(pk=filing.pk).values().get()
    return {name: value for name, value in row.items() if name not in asked}


def test_a_page_of_the_draft_takes_its_own_questions_and_nothing_else(town):
    filing = filings.draft(town, at=business_now(), papers=(), promise=False, notice_read_at=None, notice_version="")
    client, before = browser(town.lan), protected(filing)
    for page in ("where", "basis", "contact", "papers", "sign"):
        client.post(f"/remote-care/filings/{filing.number}/{page}/", {**FORBIDDEN, "leave": "1"})
        client.post(f"/remote-care/filings/{filing.number}/{page}/", FORBIDDEN)
        assert protected(filing) == before, page


def test_a_new_filing_is_for_whom_she_may_file_and_begins_as_a_draft(town):
    client = browser(town.lan)
    key = hidden(client.get("/remote-care/filings/new/").content.decode())["key"]
    refused = client.post("/remote-care/filings/new/", {**FORBIDDEN, "person": town.stranger_person.pk, "key": key})
    assert refused.status_code == 422 and not Filing.objects.exists()
    client.post("/remote-care/filings/new/", {**FORBIDDEN, "person": town.mother_person.pk, "key": key})
    made = Filing.objects.get()
    assert (made.status, made.person, made.opened_by, made.region_id) == ("draft", town.mother_person, town.lan, "439901")
    assert (made.channel, made.type, made.platform_number, made.end_on, made.decided_by) == ("portal", "", "", None, None)


def test_a_step_takes_its_own_fields_and_nothing_else(town):
    now = business_now()
    filing = filings.submitted(town, at=now, papers=filings.FULL)
    browser(town.clerk).post(
        f"/cases/{filing.number}/accept/", FORBIDDEN | {"gaps": "residence_proof", "by": town.root.pk, "at": "2020-01-01"}
    )
    made = Filing.objects.get(pk=filing.pk)
    assert (made.status, made.decided_by, made.gaps, made.platform_number, made.region_id) == ("accepted", town.clerk, [], "", "439901")
    assert now <= made.accepted_at < now + timedelta(minutes=10)


def test_a_paper_for_another_list_or_another_case_is_not_taken(town):
    filing = filings.in_force(town, at=business_now() - timedelta(hours=1))
    other = filings.submitted(town, at=business_now(), person=town.lan_person, papers=filings.FULL)
    file = io.BytesIO(filings.photo("red").read())
    file.name = "x.jpg"
    answer = browser(town.lan).post(f"/cases/{filing.number}/give_missing/", {"code": "identity_card", "file": file})
    assert answer.status_code == 422 and Filing.objects.get(pk=filing.pk).given == []
    paper = other.docket.documents.first()
    answer = browser(town.clerk).post(f"/cases/{filing.number}/verify_gap/", {"code": paper.kind, "document": paper.pk})
    assert answer.status_code in (409, 422)


def test_a_certificate_found_at_one_counter_cannot_be_used_by_another_clerk(town):
    html = (
        browser(town.counter).post("/remote-care/counter/", {"cert_type": "01", "number": town.mother_person.cert_number}).content.decode()
    )
    found = hidden(html)["found"]
    for who, status in ((town.elsewhere, 403), (town.clerk, 403), (town.lan, 403)):
        assert browser(who).post("/remote-care/counter/", {"found": found}).status_code == status
    assert browser(town.counter).post("/remote-care/counter/", {"found": found[:-1] + "_"}).status_code == 422
    assert not Filing.objects.exists()
