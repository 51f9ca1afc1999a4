"""Opening a filing for a patient who is present: her code proves it; the other hospital knows nothing of it."""
import re
import threading

import pytest
from django.utils import timezone

from remote_care.models import Filing
from remote_care.services import open_at_hospital
from tests import filings
from tests.remote_care.walking import fill_in
from xinyijian.audit.models import Event
from xinyijian.casework import documents, needs, owed, worklist
from xinyijian.casework.business_time import business_now
from xinyijian.casework.days import day_of
from xinyijian.casework.models import DemoClock, Docket
from xinyijian.casework.workflow import act
from xinyijian.people import codes
from xinyijian.people.models import OneTimeCode
from xinyijian.policies import forget
from xinyijian.policies.models import Value

from .desk import KIND, check, key, staff, token

OPEN = "/hospital/filings/open/"


def begin(client, person):
    """(token, key) of the page on which her confirmation is asked."""
    html = client.post(OPEN, {"token": token(check(client, person))}).content.decode()
    return token(html), key(html)


def by_voucher(client, person, simulators, **more):
    """Open it with her insurance code."""
    found, once = begin(client, person)
    asked = {"token": found, "key": once, "kind": KIND, "deed": "open", "voucher": simulators.voucher(person.psn_no)}
    return client.post(OPEN, asked | more)


@pytest.fixture
def insured(town, simulators):
    simulators.insure(town.mother_person, town.stranger_person)
    return simulators


@pytest.mark.req("S0.7")
def test_her_insurance_code_opens_it_and_the_form_goes_on(town, insured):
    client = staff(town.hospital_a)
    answer = by_voucher(client, town.mother_person, insured)
    filing = Filing.objects.get()
    assert answer.status_code == 302 and answer.url == f"/remote-care/filings/{filing.number}/"
    assert (filing.organisation, filing.channel, filing.opened_by) == (town.county_hospital, "hospital", town.hospital_a)
    assert Event.objects.get(verb="confirmed").data["how"] == "voucher"
    assert client.get(answer.url, follow=True).status_code == 200


def test_whoever_was_found_by_her_code_confirms_nothing_twice(town, insured):
    client = staff(town.hospital_a)
    code = insured.voucher(town.mother_person.psn_no)
    html = client.post("/hospital/check/?by=code", {"code": code, "purpose": "filing"}).content.decode()
    page = client.post(OPEN, {"token": token(html)}).content.decode()
    assert "has proved with her insurance code" in page
    client.post(OPEN, {"token": token(page), "key": key(page), "kind": KIND, "deed": "open"})
    assert Filing.objects.get().person == town.mother_person


def test_a_code_to_the_phone_in_her_record_opens_it(town, simulators):
    client, person = staff(town.hospital_a), town.mother_person
    found, once = begin(client, person)
    page = client.post(OPEN, {"token": found, "deed": "ask", "kind": KIND}).content.decode()
    assert "A code is on its way to 199****" in page
    for thread in threading.enumerate():
        if thread.name == "sign-in-code":
            thread.join(30)
    text = simulators.messages(person.phone)[0]["text"]
    right = re.search(r"\b\d{6}\b", text).group(0)
    wrong = client.post(OPEN, {"token": found, "key": once, "kind": KIND, "deed": "open", "sms_code": f"{(int(right) + 1) % 10**6:06}"})
    assert wrong.status_code == 422 and not Filing.objects.exists()
    assert client.post(OPEN, {"token": found, "key": once, "kind": KIND, "deed": "open", "sms_code": right}).status_code == 302
    assert Event.objects.get(verb="confirmed").data["how"] == "phone"


def test_somebody_elses_code_opens_nothing(town, insured):
    client = staff(town.hospital_a)
    found, once = begin(client, town.mother_person)
    asked = {"token": found, "key": once, "kind": KIND, "deed": "open"}
    answer = client.post(OPEN, asked | {"voucher": insured.voucher(town.stranger_person.psn_no)})
    assert answer.status_code == 422 and "belongs to somebody else" in answer.content.decode()
    session = client.session
    session["hospital_code"] = [codes.ask("19900000999", "192.0.2.9", business_now(), words="%(sender)s %(code)s"), town.mother_person.pk]
    session.save()
    assert client.post(OPEN, asked | {"sms_code": "000000"}).status_code == 422
    assert client.post(OPEN, asked).status_code == 422
    assert not Filing.objects.exists()


def test_pressed_twice_it_is_one_filing(town, insured):
    client = staff(town.hospital_a)
    found, once = begin(client, town.mother_person)
    asked = {"token": found, "key": once, "kind": KIND, "deed": "open"}
    for _press in range(2):
        client.post(OPEN, asked | {"voucher": insured.voucher(town.mother_person.psn_no)})
    assert Filing.objects.count() == 1


@pytest.mark.req("S0.9")
@pytest.mark.parametrize("who", ["physician", "head", "drug_doctor"])
def test_doctors_look_but_do_not_file(town, who):
    client = staff(getattr(town, who))
    html = check(client, town.mother_person)
    assert "Open a filing for this patient" not in html
    assert client.post(OPEN, {"token": token(html), "kind": KIND, "deed": "open"}).status_code == 404


def test_another_hospital_cannot_go_on_with_what_this_one_has_found(town, insured):
    found = token(check(staff(town.hospital_a), town.mother_person))
    answer = staff(town.hospital_b).post(OPEN, {"token": found, "kind": KIND, "deed": "open"})
    assert answer.status_code == 302 and "/check/" in answer.url and not Filing.objects.exists()


def test_hospital_a_sees_its_filings_and_hospital_b_does_not(town, insured):
    by_voucher(staff(town.hospital_a), town.mother_person, insured)
    number = Filing.objects.get().number
    mine, physician, theirs = (staff(getattr(town, who)) for who in ("hospital_a", "physician", "hospital_b"))
    assert number in mine.get("/hospital/filings/").content.decode() and number in physician.get("/hospital/filings/").content.decode()
    assert number not in theirs.get("/hospital/filings/").content.decode()
    for address in (f"/cases/{number}/", f"/remote-care/filings/{number}/where/", f"/cases/{number}/submit/"):
        assert theirs.get(address).status_code == 404 and theirs.post(address).status_code in (404, 405), address


@pytest.mark.req("S0.6")
def test_the_insurance_office_fills_it_in_and_sends_it_and_the_bureau_decides(town, insured):
    client = staff(town.hospital_a)
    by_voucher(client, town.mother_person, insured)
    filing = Filing.objects.get()
    fill_in(client, filing, today=f"{day_of(business_now()):%Y-%m-%d}")
    answer = client.post(f"/remote-care/filings/{filing.number}/check/", {"send": "1"})
    filing = Filing.objects.get()
    assert (answer.status_code, filing.status, filing.submitted_by) == (302, "submitted", town.hospital_a)
    assert client.get(f"/cases/{filing.number}/accept/").status_code == 403
    assert staff(town.clerk).get(f"/cases/{filing.number}/accept/").status_code == 200


def test_a_region_that_lets_no_hospital_file_says_so(town, insured):
    Value.objects.filter(service="remote_care", name="hospitals_file").update(content=False)
    forget()
    answer = by_voucher(staff(town.hospital_a), town.mother_person, insured)
    assert answer.status_code == 409 and "does not let hospitals file" in answer.content.decode()
    assert not Filing.objects.exists()


def test_the_bureaus_counter_is_not_the_hospitals(town):
    assert staff(town.hospital_a).get("/remote-care/counter/").status_code == 403


def test_a_code_lives_in_real_time_however_far_ahead_the_demos_business_is(town, simulators, settings):
    settings.DEMO = True
    DemoClock.objects.create(pk=1, seconds_ahead=40 * 86400)
    client = staff(town.hospital_a)
    found, _once = begin(client, town.mother_person)
    before = timezone.now()
    client.post(OPEN, {"token": found, "deed": "ask", "kind": KIND})
    assert before <= OneTimeCode.objects.get().sent_at <= timezone.now()
    for thread in threading.enumerate():
        if thread.name == "sign-in-code":
            thread.join(30)


def test_what_comes_back_waits_at_the_hospital_that_filed_it_and_for_her_and_either_sends_it_again(town):
    for mender in (town.hospital_a, town.stranger):
        at = business_now()
        filing = open_at_hospital(town.stranger_person, town.county_hospital, by=town.hospital_a, at=at)
        signed = {"notice_read_at": at, "notice_version": "1", "start_on": day_of(at)}
        Filing.objects.filter(pk=filing.pk).update(**filings.ANSWERS | signed)
        for kind in filings.FULL:
            documents.receive(filing.docket, kind, filings.photo(), by=town.hospital_a, at=at)
        sent = act(Filing.objects.get(pk=filing.pk).submit, by=town.hospital_a, at=at)
        act(sent.return_to_applicant, by=town.clerk, at=at, redo=[], because="the street is missing")
        docket = Docket.objects.get(pk=filing.docket_id)
        assert (docket.queue_role, docket.due_name) == ("insurance_office", "correct")
        assert filing.number in [row.number for row in worklist.page_of(town.hospital_a, at).rows]
        assert filing.number not in [row.number for row in worklist.page_of(town.hospital_b, at).rows]
        assert [one["number"] for one in needs.of(town.stranger, at)] == [one["number"] for one in owed.of(town.stranger, at)["owed"]] == [
            filing.number]
        form = f"/remote-care/filings/{filing.number}/"
        page = staff(mender).get(f"/cases/{filing.number}/").content.decode()
        assert form in page and staff(mender).get(f"{form}contact/").status_code == 200
        again = act(Filing.objects.get(pk=filing.pk).submit, by=mender, at=at)
        assert again.status == "submitted" and Docket.objects.get(pk=filing.docket_id).queue_role == "clerk"
        act(again.refuse, by=town.clerk, at=at, reasons=["other"], because="not now")
