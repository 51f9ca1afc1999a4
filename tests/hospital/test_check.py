"""Whether somebody is entitled: who may ask, what is told, and what is kept of the question."""
import re

import pytest

from tests.town import make_person, rate
from xinyijian.audit.models import Event
from xinyijian.care.eligibility import eligibility_of
from xinyijian.casework.business_time import business_now
from xinyijian.casework.days import day_of

from .desk import CHECK, check, staff, token

ASKS = ("hospital_a", "hospital_b", "physician", "head", "drug_doctor")


def plain(html):
    return re.sub(r'name="(csrfmiddlewaretoken|number|name)"[^>]*>|value="[^"]*"|<time.*?</time>', "", html)


@pytest.fixture
def rated(town):
    """The daughter is rated through this very day."""
    today = day_of(business_now())
    town.lan_person.standings.update(valid_until=today.replace(year=today.year + 1))
    return town


@pytest.mark.req("S0.7")
def test_the_answer_says_through_whom_and_until_when_and_masks_the_names(rated):
    html = check(staff(rated.hospital_a), rated.mother_person)
    assert "Entitled to" in html and "the child 李**" in html and "王**" in html
    assert "李晓兰" not in html and "王桂英" not in html.replace('value="王桂英"', "")
    event = Event.objects.get(verb="looked_up")
    assert (event.person_id, event.data["for"], event.data["found"]) == (rated.mother_person.pk, "admission", True)
    assert event.by_id == rated.hospital_a.pk and event.data["organisation"] == rated.county_hospital.code


@pytest.mark.req("S0.9")
@pytest.mark.parametrize("who", ASKS)
def test_whose_work_it_is_may_ask(rated, who):
    assert "Entitled to" in check(staff(getattr(rated, who)), rated.lan_person)


@pytest.mark.parametrize("who", ["escort", "expert", "hospital_admin", "family_doctor"])
def test_other_roles_of_the_hospital_may_not(town, who):
    assert staff(getattr(town, who)).get(CHECK).status_code == 403


@pytest.mark.parametrize("who", ["clerk", "officer", "pharmacist", "banker", "auditor", "root", "lan", "stranger", "security_admin"])
def test_for_whoever_works_at_no_hospital_there_is_no_such_desk(town, who):
    for page in ("", "check/", "slip/", "filings/", "filings/open/", "sheets/", "sheets/enter/"):
        assert staff(getattr(town, who)).get(f"/hospital/{page}").status_code == 404, page


def test_no_and_not_verified_are_two_answers(rated):
    assert "Not verified" in check(staff(rated.hospital_a), rated.stranger_person)
    rate(rated.stranger_person, "good", valid_until=None)
    html = check(staff(rated.hospital_a), rated.stranger_person)
    assert "Not entitled" in html and "good" not in re.sub("<[^>]+>", "", html).split("Not entitled")[1].split("In force")[0].split()


def test_the_dead_are_entitled_to_nothing(rated):
    person = rated.lan_person
    person.died_on = day_of(business_now())
    assert eligibility_of(person, day_of(business_now())).answer == "ended"


def test_nobody_another_name_and_somebody_too_far_away_look_alike(town):
    client = staff(town.hospital_a)
    nobody = make_person(serial=931, region="329901")
    pages = [check(client, nobody), check(client, town.jiangsu_person), check(client, town.mother_person, name="王桂芳")]
    nobody.delete()
    pages.append(check(client, nobody))
    assert len({plain(page) for page in pages}) == 1 and "Nobody with these details" in pages[0]
    assert set(Event.objects.filter(verb="looked_up").values_list("person_id", flat=True)) == {None}


def test_a_neighbour_county_of_the_same_city_is_within_reach(town):
    assert "Not verified" in check(staff(town.hospital_a), town.neighbour_person)


def test_by_insurance_number_and_name(rated):
    client = staff(rated.physician)
    asked = {"psn_no": rated.mother_person.psn_no, "name": rated.mother_person.name, "purpose": "registration"}
    assert "Entitled to" in client.post(f"{CHECK}?by=number", asked).content.decode()
    assert "Nobody with" in client.post(f"{CHECK}?by=number", asked | {"name": "李晓兰"}).content.decode()


def test_by_the_code_on_her_phone_once(rated, simulators):
    simulators.insure(rated.mother_person)
    code, client = simulators.voucher(rated.mother_person.psn_no), staff(rated.hospital_a)
    assert "Entitled to" in client.post(f"{CHECK}?by=code", {"code": code, "purpose": "admission"}).content.decode()
    again = client.post(f"{CHECK}?by=code", {"code": code, "purpose": "admission"})
    assert again.status_code == 422 and "used already" in again.content.decode()
    old = simulators.voucher(rated.mother_person.psn_no, seconds=-1)
    assert client.post(f"{CHECK}?by=code", {"code": old, "purpose": "admission"}).status_code == 422


def test_when_the_platform_is_silent_the_page_says_what_to_do(town, simulators):
    simulators.faults(evoucher="500")
    answer = staff(town.hospital_a).post(f"{CHECK}?by=code", {"code": "123456789012", "purpose": "admission"})
    assert answer.status_code == 503 and "Use the certificate" in answer.content.decode()


def test_what_was_typed_stays_and_a_wrong_number_is_said_to_be_one(town):
    answer = staff(town.hospital_a).post(CHECK, {"cert_type": "01", "number": "123", "name": "王桂英", "purpose": "admission"})
    assert answer.status_code == 422 and 'value="王桂英"' in answer.content.decode()
    assert not Event.objects.filter(verb="looked_up").exists()


def test_the_slip_says_the_same_and_leaves_an_event(rated):
    client = staff(rated.hospital_a)
    found = token(check(client, rated.mother_person))
    html = client.post("/hospital/slip/", {"token": found}).content.decode()
    assert "the child 李**" in html and "王桂英" not in html
    assert Event.objects.get(verb="printed").person_id == rated.mother_person.pk
    for other in (rated.hospital_b, rated.physician):
        assert staff(other).post("/hospital/slip/", {"token": found}).status_code == 302


def test_the_answer_costs_a_handful_of_queries(rated, django_assert_max_num_queries):
    client = staff(rated.hospital_a)
    check(client, rated.mother_person)
    with django_assert_max_num_queries(26):
        check(client, rated.mother_person)
