"""The sandbox: the same addresses, made-up people, and no way from there to anybody who lives."""

import pytest
from django.conf import settings
from django.core.cache import cache

from remote_care.models import Filing
from xinyijian.casework import errands
from xinyijian.casework.api import sandbox_codes
from xinyijian.casework.business_time import business_now
from xinyijian.casework.models import Docket
from xinyijian.connect import sandbox
from xinyijian.people.models import Person

from .conftest import machine_of
from .test_eligibility import FOR
from .test_filings import complete, opened


def people(machine):
    return [person.psn_no for person, _why in sandbox.described(machine.client.acts_at)]


def test_its_people_show_every_answer(sandbox_his):
    told = [sandbox_his.get("eligibility/", psn_no=psn_no, **FOR).json() for psn_no in people(sandbox_his)]
    assert [(one["trt_enjymnt_flag"], one["through"]) for one in told] == [
        ("1", "self"),
        ("1", "spouse"),
        ("1", "child"),
        ("1", "parent"),
        ("0", None),
        ("0", None),
    ]
    assert [one["trt_chk_rslt"] for one in told[-2:]] == ["not_verified", "not_entitled"]


def test_nobody_who_lives_can_be_reached_from_there_nor_the_other_way_round(sandbox_his, his, town):
    assert sandbox_his.get("eligibility/", psn_no=town.lan_person.psn_no, **FOR).status_code == 404
    asked = {"psn_cert_type": "01", "certno": town.lan_person.cert_number, "psn_name": town.lan_person.name} | FOR
    assert sandbox_his.post("eligibility/", asked, key=False).status_code == 404
    assert sandbox_his.post("filings/", {"psn_no": town.lan_person.psn_no, "dcla_souc": "01"} | FOR).status_code == 404
    for psn_no in people(sandbox_his):
        assert his.get("eligibility/", psn_no=psn_no, **FOR).status_code == 404
    assert his.post("sandbox/codes/", {"psn_no": people(sandbox_his)[0]}, key=False).status_code == 404


def test_each_hospital_has_people_of_its_own(sandbox_his, other_his, town):
    other = machine_of(town.other_admin, town.other_hospital, "sandbox")
    assert not set(people(sandbox_his)) & set(people(other)) and len(people(other)) == 6
    assert other.get("eligibility/", psn_no=people(sandbox_his)[0], **FOR).status_code == 404
    numbers = Person.objects.filter(region=settings.SANDBOX_REGION).values_list("cert_number", flat=True)
    assert all(number.startswith("4399") for number in numbers)


def test_a_whole_filing_without_a_bureau_and_without_the_platform(sandbox_his, town, settings):
    settings.PLATFORM_URL = "http://127.0.0.1:9/"  # nobody listens
    number = opened(sandbox_his, people(sandbox_his)[0])
    complete(sandbox_his, number)
    assert sandbox_his.post(f"filings/{number}/submit/").json()["status"] == "submitted"
    decided = sandbox_his.post(f"sandbox/cases/{number}/accept/")
    assert decided.json() == {"number": number, "status": "accepted"}, decided.content
    assert errands.run_due(business_now()) == 1
    filing = sandbox_his.get(f"filings/{number}/").json()
    assert filing["status"] == "in_force" and filing["trt_dcla_detl_sn"].startswith("SANDBOX")


def test_no_desk_of_the_living_sees_it(sandbox_his, his, town):
    number = opened(sandbox_his, people(sandbox_his)[0])
    for user in (town.clerk, town.officer, town.auditor, town.hospital_a, his.client.acts_as):
        assert not Docket.objects.visible_to(user, business_now()).filter(number=number).exists()
    assert his.get("changes/").json()["changes"] == []


def test_its_clerk_decides_for_live_keys_nothing(his, town):
    number = opened(his, town.stranger_person.psn_no)
    assert his.post(f"sandbox/cases/{number}/withdraw/").status_code == 404
    assert Filing.objects.get().status == "draft"


@pytest.mark.req("S2.6")
def test_a_code_serves_once(sandbox_his):
    psn_no = people(sandbox_his)[1]
    code = sandbox_his.post("sandbox/codes/", {"psn_no": psn_no}, key=False).json()["code"]
    first = sandbox_his.post("eligibility/", {"code": code} | FOR, key=False)
    assert (first.status_code, first.json()["psn_no"]) == (200, psn_no)
    for wrong in (code, "SANDBOX0", "x" * 200):
        again = sandbox_his.post("eligibility/", {"code": wrong} | FOR, key=False)
        assert (again.status_code, again.json()["code"]) == (422, "code_refused")


def test_a_code_is_gone_after_a_minute(sandbox_his):
    place = sandbox_his.client.acts_at.code
    code = sandbox_codes.show(place, people(sandbox_his)[0])
    assert cache.ttl(sandbox_codes._key(place, code)) <= 60 if hasattr(cache, "ttl") else True
    cache.touch(sandbox_codes._key(place, code), 0)
    assert sandbox_codes.redeem(place, code) is None
