"""The two entries, the machine, the counters of three levels, and an emergency recorded afterwards: what each page says and opens."""
import re
from datetime import timedelta

import pytest

from remote_care.models import Filing
from remote_care.services import payload_of
from remote_care.walk import Walk
from tests.people.machines import machine
from tests.remote_care.walking import ADDRESS, NEW, begin, browser, get, photo, post, read_notice, url
from xinyijian.casework.business_time import business_now
from xinyijian.casework.days import day_of


def pages_of(filing):
    return [page.slug for page in Walk(filing, business_now()).pages]


@pytest.mark.req("S3.25", "S3.27", "S3.29")
def test_the_national_entry_asks_place_scheme_and_type_first_and_offers_other_provinces_only(town):
    lan = browser(town.lan)
    filing = begin(lan, town.lan_person, type="other_temporary", entry="national/")
    assert filing.channel == "national_app"
    assert lan.get(f"/remote-care/filings/{filing.number}/").url == url(filing, "notice"), "the type is chosen, the notice comes next"
    assert "青禾县" in get(lan, filing, "type") and pages_of(filing)[:3] == ["type", "care", "notice"]
    offered = re.findall(r'<option value="(\d{6})"', get(lan, filing, "where"))
    assert offered and not [code for code in offered if code.startswith("43")]
    assert "identity_photo" in get(lan, filing, "papers")


@pytest.mark.req("S3.8", "S3.24", "S3.26")
def test_each_entry_is_called_as_in_its_source(town):
    first, second = (browser(town.lan, "en").get(NEW + entry).content.decode() for entry in ("", "national/"))
    assert "I want to › Care elsewhere" in first and "Progress of my cases" in first
    assert "Application for filing care elsewhere" in second and "Records of filings" in second
    assert "Myself" in second and "checked" in second, "for oneself by default"


@pytest.mark.req("S3.33")
def test_a_machine_is_an_entry_only_where_the_region_has_them(town):
    assert browser(town.lan, "en").post(NEW + "machine/", {"person": town.lan_person.pk}).status_code == 404, "this is no machine"
    page = machine(town, town.lan).post(NEW + "machine/", {"person": town.lan_person.pk})
    assert page.status_code == 409 and "does not take filings this way" in page.content.decode() and not Filing.objects.exists()
    filing = begin(machine(town, town.jiangsu, organisation=town.jiangsu_bureau), town.jiangsu_person, entry="machine/")
    filing.place = town.region_440100
    assert (filing.channel, payload_of(filing)["dcla_souc"]) == ("kiosk", "05")


@pytest.mark.req("S3.31", "S3.32")
def test_a_village_point_in_jiangsu_files_for_whoever_stands_there(town):
    desk = browser(town.jiangsu_clerk)
    asked = {"cert_type": "01", "number": town.jiangsu_person.cert_number}
    page = desk.post("/remote-care/counter/", asked).content.decode()
    assert re.findall(r'<option value="(county|counter|township|village)"', page) == ["counter", "township", "village"]
    found = re.search(r'name="found" value="([^"]+)"', page).group(1)
    desk.post("/remote-care/counter/", {"found": found, "channel": "village"})
    filing = Filing.objects.get()
    filing.place = town.region_440100
    assert (filing.channel, payload_of(filing)["dcla_souc"]) == ("village", "02")


@pytest.mark.req("S3.6", "S0.13")
def test_an_emergency_is_recorded_afterwards_with_three_questions_and_no_papers(town):
    lan, today = browser(town.lan), day_of(business_now()).isoformat()
    key = {"person": town.mother_person.pk}
    assert "emergency" in browser(town.lan, "en").get(NEW).content.decode()
    lan.post(NEW + "emergency/", key)
    filing = Filing.objects.get()
    assert pages_of(filing) == ["care", "where", "stay", "contact", "check"]
    assert lan.get(url(filing, "")[:-1]).url == url(filing, "care"), "whether it was paid is asked first"
    assert 'value="planned"' not in get(lan, filing, "care")
    post(lan, filing, "care", occasion="paid")
    assert "start_on" not in get(lan, filing, "where"), "the admission says it; a day in the past must not look like a mistake"
    post(lan, filing, "where", place="440100")
    post(lan, filing, "stay", 422, care_hospital="广州急救中心", admitted_on=today)
    post(lan, filing, "stay", care_hospital="广州急救中心", admitted_on=today, discharge_at=f"{today} 00:10")
    post(lan, filing, "contact", **{name: ADDRESS[name] for name in ("contact_name", "contact_phone")}, remote_address="")
    assert Filing.objects.get().start_on.isoformat() == today
    assert "<dt>From</dt>" not in get(browser(town.lan, "en"), filing, "check"), "what no page asks is not offered for changing"
    post(lan, filing, "check")
    assert Filing.objects.get().status == "submitted"


@pytest.mark.req("S0.14")
def test_of_a_stay_that_has_begun_no_first_day_is_chosen(town):
    lan, yesterday = browser(town.stranger), day_of(business_now()) - timedelta(days=1)
    filing = begin(lan, town.stranger_person, type="other_temporary")
    read_notice(lan, filing)
    post(lan, filing, "where", place="440100", start_on="soon", anyway="1", leave="1")
    post(lan, filing, "care", occasion="admitted")
    post(lan, filing, "where", place="440100")
    post(lan, filing, "stay", care_hospital="广州某医院", admitted_on=yesterday.isoformat())
    assert Filing.objects.get().start_on == yesterday


@pytest.mark.req("S3.5", "S3.21", "S3.23")
def test_a_referral_is_walked_with_its_hospital_and_its_form(town):
    lan, today = browser(town.stranger), day_of(business_now()).isoformat()
    filing = begin(lan, town.stranger_person, type="referred")
    read_notice(lan, filing)
    assert "referral" in pages_of(filing) and "basis" not in pages_of(filing)
    post(lan, filing, "where", place="440100", start_on=today)
    low = post(lan, filing, "referral", 422, referral_hospital="乡镇卫生院", referral_level="1")
    assert "2" in low.content.decode()
    post(lan, filing, "referral", referral_hospital="青禾县人民医院", referral_level="2")
    for code in ("identity_card", "referral_form"):
        post(lan, filing, "papers", send=code, **{f"file_{code}": photo()})
    post(lan, filing, "contact", **ADDRESS)
    page = get(lan, filing, "check")
    assert "青禾县人民医院" in page and 'class="reason"' not in page
    post(lan, filing, "check")
    assert Filing.objects.get().status == "submitted"


def test_required_questions_carry_a_star(town):
    lan = browser(town.lan)
    filing = begin(lan, town.lan_person)
    for page in ("type", "where", "contact", "stay", "referral"):
        assert 'class="required"' in get(lan, filing, page), page
