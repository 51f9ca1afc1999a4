"""One person at the desk: what stands on her page, for whom it exists, and that it was opened."""

from datetime import timedelta

import pytest

from tests import filings
from tests.remote_care.walking import browser
from tests.town import JAN_5, YEAR_END, grant, make_person, rate
from xinyijian.audit.models import Event
from xinyijian.casework import person_page
from xinyijian.casework.business_time import business_now
from xinyijian.people.models import Contact

HOUR = timedelta(hours=1)


@pytest.fixture
def address(town):
    return f"/desk/people/{town.mother_person.pk}/"


def test_her_page_tells_standing_ties_cases_gaps_and_how_she_is_reached(town, address):
    at = business_now()
    filing = filings.in_force(town, at=at - HOUR)
    Contact.objects.create(person=town.mother_person, kind="email", address="gui@example.com", since=at)
    html = browser(town.counter, "en").get(address).content.decode()
    for words in ("王**", filing.number, "through the child", "</svg>in force", "Not verified", "李**", "g***@example.com", "199****"):
        assert words in html, words
    assert "May act for this person" in html and "None known here yet" in html
    assert f"/desk/unmask/?person={town.mother_person.pk}" in html and filings.FULL[1] not in html and "Proof of residence" in html
    assert town.mother_person.cert_number not in html and town.mother_person.phone not in html and "gui@" not in html
    event = Event.objects.get(kind="people.Person", verb="read")
    assert (event.person_id, event.by_id, event.data) == (town.mother_person.pk, town.counter.pk, {"as": "desk"})


def test_a_grade_is_shown_with_its_source_and_days(town):
    rate(town.stranger_person, "good")
    html = browser(town.clerk, "en").get(f"/desk/people/{town.stranger_person.pk}/").content.decode()
    assert "Good" in html and "test credit subsystem" in html and f"31 December {YEAR_END.year}" in html and "/desk/unmask/" not in html


@pytest.mark.parametrize("who", ["elsewhere", "jiangsu_clerk", "hospital_a", "banker", "system_admin", "lan"])
def test_for_whom_she_is_out_of_reach_she_does_not_exist(town, address, who):
    assert browser(getattr(town, who)).get(address).status_code == 404
    assert not Event.objects.filter(verb="read").exists()


@pytest.mark.parametrize("query", ["?state=nonsense", "?before=x", "?before=" + "9" * 30])
def test_an_address_that_nobody_was_given_does_not_exist(town, address, query):
    assert browser(town.clerk).get(address + query).status_code == 404


def test_open_and_closed_cases_are_told_apart_newest_first(town):
    first = filings.in_force(town, at=JAN_5, papers=filings.FULL)
    second = filings.draft(town, at=JAN_5 + HOUR, place_id="440300")

    def numbers(**more):
        page = person_page.for_desk(town.mother_person, by=town.clerk, at=JAN_5 + 2 * HOUR, **more)
        return [row["docket"].number for row in page["cases"]]

    assert numbers() == numbers(state="open") == [second.number, first.number]
    assert numbers(before=second.docket_id) == [first.number] and numbers(state="closed") == []


def test_a_tie_that_has_ended_stands_last_and_says_so(town):
    old = grant(town.mother_person, town.father_person, until=JAN_5)
    ties = person_page.for_desk(town.mother_person, by=town.clerk, at=JAN_5)["ties"]
    assert [tie["now"] for tie in ties] == [True] * (len(ties) - 1) + [False]
    assert (ties[-1]["other"], ties[-1]["until"]) == (town.father_person, JAN_5.date()) and old.pk


def test_it_costs_the_same_with_many_ties_and_cases(town, address, django_assert_max_num_queries):
    client, counted = browser(town.clerk), []
    for serial in (601, 611):
        for n in range(serial, serial + 3):
            person = make_person(serial=n)
            grant(town.mother_person, person, "data_rights")
        filings.in_force(town, at=business_now() - HOUR, person=town.mother_person, place_id="440300" if serial == 601 else "440100")
        client.get(address)  # what the law says is read once
        with django_assert_max_num_queries(45) as captured:
            assert client.get(address).status_code == 200
        counted.append(len(captured))
    assert counted[0] == counted[1]
