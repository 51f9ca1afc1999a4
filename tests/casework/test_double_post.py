"""Impatient fingers and lost answers, over HTTP: what is sent twice happens once, and who comes second reads who was first."""

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection

from remote_care.models import Filing
from tests import filings
from tests.remote_care.walking import NEW, begin, browser, fill_in
from tests.town import build, make_person
from xinyijian.audit.models import Event
from xinyijian.casework.business_time import business_now
from xinyijian.casework.days import day_of

pytestmark = pytest.mark.django_db(transaction=True)  # the race itself is repeated on the oldest PostgreSQL by test_races.py
FORMS, FINGERS = 500, 10


@pytest.fixture
def town(transactional_db, under_the_law):
    return build()


def together(*deeds):
    """All at once, each in a thread with a connection of its own; their answers."""
    start = Barrier(len(deeds))

    def run(deed):
        start.wait()
        try:
            return deed()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))


@pytest.mark.req("S3.9")
def test_five_hundred_double_posts_of_the_first_page_make_five_hundred_cases(town):
    """The second press a moment after the first, on the same page: ten pairs of fingers, fifty times each."""

    def fingers():
        client, made = browser(town.lan), []
        for _ in range(FORMS // FINGERS):
            form = {"person": town.mother_person.pk, "key": uuid4()}
            made.append([client.post(NEW, form).url for _press in range(2)])
        return made

    pairs = [pair for made in together(*[fingers] * FINGERS) for pair in made]
    assert len(pairs) == FORMS and all(one == other for one, other in pairs)
    assert len({one for one, _other in pairs}) == FORMS == Filing.objects.count() == Event.objects.filter(verb="start").count()


def test_the_very_same_moment_makes_one_case_too(town):
    clients = [browser(town.lan) for _ in range(2)]
    for _ in range(20):
        form = {"person": town.mother_person.pk, "key": uuid4()}
        one, other = together(*(lambda client=client, form=form: client.post(NEW, form) for client in clients))
        assert (one.status_code, one.url) == (302, other.url)
    assert Filing.objects.count() == 20


def test_the_key_of_one_is_not_the_key_of_another(town):
    key = uuid4()
    urls = {
        browser(user).post(NEW, {"person": person.pk, "key": key}).url
        for user, person in ((town.lan, town.mother_person), (town.lan, town.lan_person), (town.mother, town.mother_person))
    }
    assert len(urls) == 3 == Filing.objects.count()


def test_a_step_that_is_posted_five_times_at_once_is_no_error_and_happens_once(town):
    filing = filings.submitted(town, at=business_now(), papers=filings.FULL)
    clients = [browser(town.clerk) for _ in range(5)]
    answers = together(*(lambda client=client: client.post(f"/cases/{filing.number}/accept/") for client in clients))
    assert [(a.status_code, a.url) for a in answers] == [(302, f"/cases/{filing.number}/")] * 5
    assert Event.objects.filter(object_id=filing.pk, verb="accept").count() == 1 == filing.docket.errands.count()


def test_sending_twice_at_once_is_no_error_and_happens_once(town):
    filing = begin(browser(town.lan), town.mother_person)
    fill_in(browser(town.lan), filing, today=f"{day_of(business_now())}")
    clients, page = [browser(town.lan), browser(town.mother)], f"/remote-care/filings/{filing.number}/check/"
    answers = together(*(lambda client=client: client.post(page) for client in clients))
    assert {(a.status_code, a.url) for a in answers} == {(302, f"/remote-care/filings/{filing.number}/sent/")}
    assert Event.objects.filter(object_id=filing.pk, verb="submit").count() == 1


@pytest.mark.req("S3.32")
def test_of_two_clerks_who_approve_and_reject_at_once_the_other_reads_who_and_when(town):
    for n in range(10):
        filing = filings.submitted(town, at=business_now(), person=make_person(serial=300 + n), papers=filings.FULL, by=town.counter)
        first, second = browser(town.clerk, "en"), browser(town.second_clerk, "en")
        answers = together(
            lambda f=filing, c=first: c.post(f"/cases/{f.number}/accept/"),
            lambda f=filing, c=second: c.post(f"/cases/{f.number}/refuse/", {"because": "no", "reasons": ["illegible"]}),
        )
        assert sorted(a.status_code for a in answers) == [302, 409]
        words = next(a.content.decode() for a in answers if a.status_code == 409)
        winner = "second_clerk" if answers[0].status_code == 409 else "clerk"
        assert re.search(rf"Somebody was faster: \w+, {winner} \(clerk\), \d{{4}}-\d\d-\d\d \d\d:\d\d", words), words
        assert Event.objects.filter(object_id=filing.pk, verb__in=["accept", "refuse"]).count() == 1
