"""Where a person begins: what needs her first; her cases and messages, and nobody else's."""

from datetime import timedelta

import pytest

from tests import filings
from tests.remote_care.walking import browser
from tests.town import make_user
from xinyijian.casework.business_time import business_now
from xinyijian.casework.models import Notice
from xinyijian.casework.workflow import act


@pytest.fixture
def now(db):
    return business_now() - timedelta(hours=1)


def read(user, path="/"):
    answer = browser(user, "en").get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_without_a_sign_in_there_is_the_door_and_staff_begin_at_their_worklist(town, client):
    assert client.get("/").url.startswith("/sign-in/")
    assert browser(town.clerk).get("/").url == browser(town.clerk).get("/cases/").url == "/desk/"


@pytest.mark.req("S0.2", "S0.3")
def test_it_says_through_whom_she_benefits_and_what_everybody_can_do_all_the_same(town):
    assert "because of excellent credit" in read(town.lan)
    assert "through the child 李**" in read(town.mother)
    assert "Every service here is open to you" in read(town.stranger)


def test_who_has_nothing_is_told_so_and_can_start(town):
    html = read(town.stranger)
    assert "Nothing waits for you just now" in html and "You have no cases yet" in html and 'href="/remote-care/filings/new/"' in html


def test_what_needs_her_stands_first_by_due_date_and_leads_to_where_it_is_done(town, now):
    draft = filings.draft(town, at=now, person=town.lan_person)
    gap = filings.in_force(town, at=now)
    sent = filings.submitted(town, at=now, person=town.lan_person, place_id="310100")
    sent = act(sent.return_to_applicant, by=town.clerk, at=now, redo=[], because="unclear")
    html = read(town.lan).split("What needs you")[1].split("Start something")[0]
    paper, returned, unsent = (html.index(f"/cases/{c.number}/") for c in (gap, sent, draft))
    assert max(paper, returned) < unsent
    assert f"/cases/{gap.number}/give_missing/?code={gap.owed[0]}" in html and "Hand in: proof of residence" in html
    assert "for 王**" in html and "Please correct it" in html


def test_what_the_bureau_does_is_not_on_her_list(town, now):
    filings.submitted(town, at=now)
    assert "Nothing waits for you just now" in read(town.lan)


def test_she_sees_her_own_cases_and_those_she_acts_for_and_nobody_elses(town, now):
    own = filings.submitted(town, at=now, person=town.lan_person)
    mothers = filings.submitted(town, at=now)
    others = filings.submitted(town, at=now, person=town.stranger_person, by=town.stranger, papers=filings.FULL)
    html = read(town.lan, "/cases/")
    assert own.number in html and mothers.number in html and others.number not in html
    html = read(town.mother, "/cases/")
    assert own.number not in html and mothers.number in html


def test_a_case_says_where_it_leads_what_comes_next_and_can_be_looked_up_by_its_state(town, now):
    sent = filings.submitted(town, at=now, person=town.lan_person)
    closed = act(filings.draft(town, at=now, person=town.lan_person, place_id="310100").withdraw, by=town.lan, at=now)
    html = read(town.lan, "/cases/?state=open")
    assert sent.number in html and closed.number not in html and "广州市" in html and "The bureau decides" in html
    html = read(town.lan, "/cases/?state=closed")
    assert closed.number in html and sent.number not in html and "上海市" in html


def test_the_counter_of_her_region_stands_under_her_pages_and_in_her_messages(town, now):
    town.bureau.phone, town.bureau.address = "0739-000-0077", "青禾县示例路77号"
    town.bureau.save()
    filings.submitted(town, at=now)
    assert "0739-000-0077" in read(town.mother) and "青禾县示例路77号" in read(town.mother)
    assert all("0739-000-0077" in notice.text and "青禾县示例路77号" in notice.text for notice in Notice.objects.all())
    assert "0739-000-0077" not in read(town.neighbour)


def test_many_cases_come_page_by_page_without_counting(town, now, django_assert_max_num_queries):
    numbers = [filings.draft(town, at=now, person=town.lan_person, papers=()).number for _n in range(23)]
    first, client = read(town.lan, "/cases/"), browser(town.lan)
    assert numbers[-1] in first and numbers[2] not in first and "?after=" in first
    later = client.get(f"/cases/?after={first.split('?after=')[1].split(chr(34))[0]}").content.decode()
    assert all(n in later for n in numbers[:3]) and numbers[3] not in later
    with django_assert_max_num_queries(14):
        client.get("/cases/")
    assert client.get("/cases/?after=x").status_code == client.get("/cases/?after=" + "9" * 40).status_code == 404


def test_her_messages_are_hers_and_count_as_read_once_shown(town, now):
    filing = filings.submitted(town, at=now)
    assert "New messages" in read(town.mother)
    html = read(town.mother, "/messages/")
    assert filing.number in html and "new" in html
    assert Notice.objects.get(recipient=town.mother_person).read_at is not None
    assert Notice.objects.get(recipient=town.lan_person).read_at is None
    assert "New messages" not in read(town.mother)
    assert "No messages yet" in read(town.stranger, "/messages/")


def test_home_asks_equally_often_for_one_case_and_for_ten(town, now, django_assert_max_num_queries):
    client, counted = browser(town.lan), []
    for batch in (1, 9):
        for _n in range(batch):
            filings.draft(town, at=now, person=town.lan_person, papers=())
        client.get("/")
        with django_assert_max_num_queries(22) as captured:
            client.get("/")
        counted.append(len(captured))
    assert counted[0] == counted[1]


def test_a_user_who_is_nobodys_person_sees_an_empty_home(town):
    assert "You have no cases yet" in read(make_user("nobody"))
