"""The desk's one box: what is meant by what was typed, who finds whom, page by page, and what stays on record."""

import re
from datetime import timedelta

import pytest

from tests import filings
from tests.casework.register import waiting
from tests.remote_care.walking import browser
from tests.town import JAN_5, JAN_6, make_person
from xinyijian.audit.models import Event
from xinyijian.casework import search
from xinyijian.casework.business_time import business_now
from xinyijian.casework.models import Docket

HOUR = timedelta(hours=1)


def found(user, text, **more):
    return search.find(search.read(text), by=user, at=JAN_5, **more)


def post(user, **typed):
    return browser(user, "en").post("/desk/search/", typed)


@pytest.mark.parametrize(
    ("typed", "how"),
    [
        ("RC439901-261123-K7Q4MXBT", "case"),
        ("rc439901261123k7q4mxbt", "case"),
        ("RC439901-2611", "beginning"),
        ("RC439901-261123-K7", "beginning"),
        ("RC439901", "certificate"),  # no beginning of a number yet, but perhaps a passport
        ("199 0000 0001", "phone"),
        ("43990119880412200X", "certificate"),
        ("王 桂英", "name"),
        ("王", ""),
        ("", ""),
    ],
)
def test_what_is_typed_is_understood_for_what_it_is(typed, how):
    assert search.read(typed).how == how


def test_a_case_is_found_by_its_number_or_the_beginning_of_it(town):
    filing = filings.submitted(town, at=JAN_5)
    assert [d.number for d in found(town.clerk, filing.number.replace("-", "").lower()).cases] == [filing.number]
    assert [d.number for d in found(town.clerk, filing.number[:-4]).cases] == [filing.number]
    wrong = filing.number[:-1] + ("A" if filing.number[-1] != "A" else "B")
    assert found(town.clerk, wrong).nothing


@pytest.mark.parametrize("by", ["name", "cert_number", "phone"])
def test_a_person_is_found_with_her_cases_by_the_whole_of_it_and_by_no_part(town, by):
    filing, value = filings.submitted(town, at=JAN_5), getattr(town.mother_person, by)
    page = found(town.clerk, f" {value} ")
    assert ([p.pk for p in page.people], [d.number for d in page.cases]) == ([town.mother_person.pk], [filing.number])
    for part in (value[:-1], value[1:]):
        assert found(town.clerk, part).nothing
    event = Event.objects.filter(kind="casework.search").order_by("pk").first()
    assert (event.person_id, event.data) == (town.mother_person.pk, {"found": 1, "people": 1}) and value not in str(vars(event))


def test_who_reads_no_records_finds_her_own_cases_only_and_another_county_finds_nobody(town):
    mine = waiting(town, JAN_6, role="insurance_office", organisation=town.county_hospital)
    page = found(town.hospital_a, "王桂英")
    assert (page.people, [d.number for d in page.cases]) == ([], [mine.number])
    for who, typed in ((town.hospital_b, "王桂英"), (town.elsewhere, "王桂英"), (town.elsewhere, mine.number)):
        assert found(who, typed).nothing
    assert Event.objects.filter(kind="casework.search", by_id=town.elsewhere.pk, person_id=None).count() == 2


def test_many_of_one_name_come_page_by_page_and_each_page_is_on_record(town):
    for serial in range(500, 500 + search.SIZE + 3):
        make_person(serial=serial)
    first = found(town.clerk, "赵无名")
    later = found(town.clerk, "赵无名", after=("people", first.people_after))
    assert (len(first.people), len(later.people), later.people_after) == (search.SIZE, 3, None)
    assert not {p.pk for p in first.people} & {p.pk for p in later.people}
    assert [e.data for e in Event.objects.filter(kind="casework.search")] == [
        {"found": 0, "people": search.SIZE}, {"found": 0, "people": 3, "further": True}]


def test_a_case_number_leads_to_the_case_and_a_person_to_a_list_that_says_what_was_searched(town):
    filing = filings.submitted(town, at=business_now() - HOUR)
    assert post(town.clerk, q=filing.number).url == f"/cases/{filing.number}/"
    html = post(town.clerk, q=town.mother_person.cert_number).content.decode()
    assert "a person by the whole certificate number" in html and f"/desk/people/{town.mother_person.pk}/" in html
    assert "王**" in html and "王桂英" not in html and town.mother_person.cert_number not in html and filing.number in html


def test_nothing_found_says_what_to_do(town):
    html = post(town.clerk, q="43990119880412200X").content.decode()
    assert "Nothing found" in html and "nothing is found by a part of a number" in html and "of other regions" in html
    assert not Event.objects.filter(kind="casework.search").exclude(person_id=None).exists()


def test_the_next_page_is_asked_for_without_the_number_and_by_nobody_else(town):
    for n in range(search.SIZE + 1):
        waiting(town, JAN_6 + n * HOUR)
    token = re.search(r'name="further" value="([^"]+)"', post(town.clerk, q=town.mother_person.phone).content.decode())[1]
    assert town.mother_person.phone not in token
    html = post(town.clerk, further=token).content.decode()
    assert html.count("data-key=\"p\"") == 1 and Docket.objects.order_by("pk").first().number in html
    assert post(town.second_clerk, further=token).status_code == 404 and post(town.clerk, further="nonsense").status_code == 404
