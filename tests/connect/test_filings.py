"""A hospital's system files for a patient, from the first question to the filing in force."""

import pytest

from remote_care.models import Filing
from tests.filings import photo
from xinyijian.audit.models import Event
from xinyijian.casework.business_time import business_now
from xinyijian.casework.workflow import act

FILLED = {
    "mdtrtarea_admdvs": "440100",
    "resident_since": "2024-03-01",
    "basis": "documents",
    "addr": "天河路 100 号 3 栋 402",
    "coner_name": "李晓兰",
    "tel": "19900000001",
}


def opened(machine, psn_no, **more):
    """The number of a filing that this system has opened."""
    answer = machine.post("filings/", {"psn_no": psn_no, "code_biz_type": "01103", "dcla_souc": "01"} | FILLED | more)
    assert answer.status_code == 201, answer.content
    return answer.json()["number"]


def complete(machine, number):
    """Papers, and what she read."""
    for kind in ("identity_card", "residence_proof"):
        assert machine.upload(f"filings/{number}/documents/", kind=kind, file=photo()).status_code == 201
    (notice,) = [letter for letter in machine.get(f"filings/{number}/letters/").json()["letters"] if letter["name"] == "filing_notice"]
    answer = machine.post(f"filings/{number}/letters/filing_notice/", {"sha256": notice["sha256"]})
    assert answer.status_code == 200, answer.content


@pytest.mark.req("S0.7", "S3.31")
def test_from_the_patient_at_the_desk_to_the_bureaus_acceptance(his, town):
    number = opened(his, town.stranger_person.psn_no)
    complete(his, number)
    sent = his.post(f"filings/{number}/submit/")
    assert (sent.status_code, sent.json()["status"]) == (200, "submitted"), sent.content
    filing = Filing.objects.get(number=number)
    assert (filing.channel, filing.organisation, filing.opened_by) == ("hospital", town.county_hospital, his.client.acts_as)
    act(filing.accept, by=town.clerk, at=business_now())
    assert his.get(f"filings/{number}/").json()["status"] == "accepted"
    (line,) = his.get("filings/").json()["filings"]
    assert (line["number"], line["dcla_souc"], line["psn_no"]) == (number, "01", town.stranger_person.psn_no)


def test_every_reason_comes_at_once_with_its_basis_and_remedy(his, town):
    number = opened(his, town.stranger_person.psn_no, mdtrtarea_admdvs="439900")
    answer = his.post(f"filings/{number}/submit/")
    assert (answer.status_code, answer.headers["Content-Type"]) == (409, "application/problem+json")
    body = answer.json()
    assert body["code"] == "refused" and body["type"].endswith("#refused")
    codes = {error["code"] for error in body["errors"]}
    assert {"notice_unread", "not_away", "principal_missing", "gap_not_allowed"} <= codes
    assert all(error["text"] and error["remedy"] and error["basis"].startswith("S") for error in body["errors"])
    assert Filing.objects.get(number=number).status == "draft"


def test_what_nests_too_deep_to_be_read_is_unreadable_and_no_mistake_of_ours(his):
    headers = {"HTTP_AUTHORIZATION": f"Bearer {his.token}", "HTTP_IDEMPOTENCY_KEY": "deep-deep-deep"}
    answer = his.browser.post("/api/v1/filings/", "[" * 60_000, content_type="application/json", **headers)
    assert (answer.status_code, answer.json()["code"]) == (400, "unreadable")


@pytest.mark.parametrize("text", ["a\0b", "\ud800"])
def test_text_that_no_database_keeps_is_told_by_field(his, town, text):
    wanted = {"psn_no": town.stranger_person.psn_no, "code_biz_type": "01103", "dcla_souc": "01", **FILLED, "addr": text}
    answer = his.post("filings/", wanted, HTTP_ACCEPT_LANGUAGE="zh-hans")
    (one,) = answer.json()["errors"]
    assert (answer.status_code, one["field"], one["text"]) == (422, "addr", "文字中有残缺字符")


def test_hospital_b_sees_nothing_of_hospital_a(his, other_his, town):
    number = opened(his, town.stranger_person.psn_no)
    nothing = other_his.get("filings/RC439901-260101-00000000/")
    for answer in (
        other_his.get(f"filings/{number}/"),
        other_his.post(f"filings/{number}/submit/"),
        other_his.post(f"filings/{number}/", FILLED, method="patch"),
        other_his.get(f"filings/{number}/letters/"),
        other_his.upload(f"filings/{number}/documents/", kind="identity_card", file=photo()),
    ):
        assert (answer.status_code, answer.content) == (404, nothing.content)
    assert other_his.get("filings/").json()["filings"] == [] and other_his.get("changes/").json()["changes"] == []


def test_reading_somebodys_filing_is_on_record(his, town):
    number = opened(his, town.stranger_person.psn_no)
    his.get(f"filings/{number}/")
    his.get("filings/")
    read, listed = Event.objects.filter(verb__in=["read", "list"], by_id=his.client.acts_as_id).order_by("pk")
    assert read.person_id == town.stranger_person.pk and listed.data["persons"] == [town.stranger_person.pk]


@pytest.mark.parametrize(
    "field", ["status", "organisation", "region", "decided_by", "platform_number", "trt_dcla_detl_sn", "number", "channel"]
)
def test_no_field_is_set_that_is_not_asked(his, town, field):
    number = opened(his, town.stranger_person.psn_no)
    for answer in (
        his.post("filings/", {"psn_no": town.lan_person.psn_no, "code_biz_type": "01103", "dcla_souc": "01", field: "1"}),
        his.post(f"filings/{number}/", {field: "in_force"}, method="patch"),
        his.post(f"filings/{number}/withdraw/", {field: "in_force"}),
    ):
        assert answer.status_code == 422 and [(e["field"], e["code"]) for e in answer.json()["errors"]] == [(field, "unknown")]
    assert Filing.objects.get().status == "draft"


@pytest.mark.parametrize("verb, code", [("accept", 403), ("put_in_force", 403), ("end", 403), ("nothing", 404), ("verify_gap", 403)])
def test_what_is_the_bureaus_to_do_a_hospital_cannot(his, town, verb, code):
    number = opened(his, town.stranger_person.psn_no)
    assert his.post(f"filings/{number}/{verb}/", {"number": "N123"}).status_code == code


def test_a_returned_filing_is_mended_and_sent_again(his, town):
    number = opened(his, town.stranger_person.psn_no)
    complete(his, number)
    his.post(f"filings/{number}/submit/")
    filing = Filing.objects.get(number=number)
    act(filing.return_to_applicant, by=town.clerk, at=business_now(), redo=["identity_card"], because="The photo is dark")
    told = his.get(f"filings/{number}/").json()
    assert (told["status"], told["redo"], told["because"]) == ("returned", ["identity_card"], "The photo is dark")
    assert his.post(f"filings/{number}/", {"addr": "天河路 101 号 1 栋 1"}, method="patch").status_code == 200
    his.upload(f"filings/{number}/documents/", kind="identity_card", file=photo("black"))
    assert his.post(f"filings/{number}/submit/").json()["status"] == "submitted"


def test_what_will_not_do_as_a_document_is_told(his, town):
    number = opened(his, town.stranger_person.psn_no)
    from django.core.files.uploadedfile import SimpleUploadedFile

    script = SimpleUploadedFile("x.jpg", b"<script>alert(1)</script>", "image/jpeg")
    for fields in ({"kind": "identity_card", "file": script}, {"kind": "x", "file": photo()}, {"kind": "identity_card"}):
        answer = his.upload(f"filings/{number}/documents/", **fields)
        assert answer.status_code == 422 and answer.json()["errors"], answer.content


def test_pages_go_on_where_the_last_one_ended_whatever_comes_in_between(his, town):
    numbers = [opened(his, town.stranger_person.psn_no) for _ in range(5)]
    first = his.get("filings/", limit=2).json()
    opened(his, town.stranger_person.psn_no)
    second = his.get("filings/", limit=2, after=first["next_cursor"]).json()
    third = his.get("filings/", limit=2, after=second["next_cursor"]).json()
    seen = [line["number"] for part in (first, second, third) for line in part["filings"]]
    assert seen == numbers[::-1] and third["next_cursor"] is None


def test_a_cursor_is_good_for_its_own_question_only(his, other_his, town):
    for _ in range(3):
        opened(his, town.stranger_person.psn_no)
    cursor = his.get("filings/", limit=1).json()["next_cursor"]
    assert town.county_hospital.code not in cursor
    for answer in (
        other_his.get("filings/", after=cursor),
        his.get("filings/", after=cursor, status="draft"),
        his.get("changes/", after=cursor),
        his.get("filings/", after=cursor[:-4] + "AAAA"),
        his.get("filings/", after="x"),
    ):
        assert (answer.status_code, answer.json()["code"]) == (400, "wrong_cursor")
