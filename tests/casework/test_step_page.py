"""One button on its page: who may press it, what is asked, every reason at once, and nobody acts twice."""

import re
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection

from remote_care.models import Filing
from tests import filings
from tests.law import law
from tests.remote_care.walking import browser, photo
from tests.town import build, make_person
from xinyijian.audit.models import Event
from xinyijian.casework.business_time import business_now
from xinyijian.casework.days import day_of
from xinyijian.casework.models import Document
from xinyijian.casework.workflow import act

__all__ = ["law"]
MINUTE = timedelta(minutes=1)


def page(case, verb):
    return f"/cases/{case.number}/{verb}/"


def text(answer):
    return answer.content.decode()


def seen(answer):
    return re.search(r'name="seen" value="(\d+)"', text(answer)).group(1)


def status(case):
    return Filing.objects.get(pk=case.pk).status


@pytest.fixture
def now(db):
    return business_now() - timedelta(hours=1)


@pytest.fixture
def filing(town, now):
    """Complete, and sent by the daughter."""
    return filings.submitted(town, at=now, papers=filings.FULL)


def test_a_clerk_reads_what_the_button_does_and_what_the_rules_say_and_accepts(town, filing):
    client = browser(town.clerk, "en")
    shown = text(client.get(page(filing, "accept")))
    assert "The number is asked at once" in shown and "S3.10" in shown
    answer = client.post(page(filing, "accept"))
    assert (answer.status_code, answer.url) == (302, f"/cases/{filing.number}/")
    assert status(filing) == "accepted"
    assert "Accepted" in text(client.get(answer.url))


@pytest.mark.req("S3.32")
@pytest.mark.parametrize(
    ("who", "code"),
    [
        ("stranger", 404),
        ("neighbour", 404),
        ("elsewhere", 404),
        ("jiangsu_clerk", 404),
        ("hospital_a", 404),
        ("hospital_b", 404),
        ("physician", 404),
        ("auditor", 403),
        ("counter", 403),
        ("lan", 403),
        ("mother", 403),
    ],
)
def test_who_may_not_press_it_is_told_no_more_than_she_may_know(town, filing, who, code):
    client = browser(getattr(town, who))
    assert client.get(page(filing, "accept")).status_code == client.post(page(filing, "accept")).status_code == code
    assert status(filing) == "submitted"


def test_without_a_sign_in_there_is_the_door(filing, client):
    assert client.get(page(filing, "accept")).url.startswith("/sign-in/")


def test_what_is_no_step_does_not_exist(town, filing):
    assert browser(town.clerk).get(page(filing, "deadlines")).status_code == 404


@pytest.mark.req("S3.24")
def test_a_refusal_without_words_keeps_what_was_ticked_and_says_what_is_missing(town, filing):
    client = browser(town.clerk, "en")
    answer = client.post(page(filing, "refuse"), {"reasons": ["illegible"], "because": ""})
    assert answer.status_code == 422
    assert 'class="error-summary"' in text(answer) and re.search(r'value="illegible"[^>]*checked', text(answer))
    client.post(page(filing, "refuse"), {"reasons": ["illegible"], "because": "The card cannot be read"})
    assert status(filing) == "refused"


def test_every_unmet_rule_stands_on_the_page_with_what_to_do_and_the_button_does_not(town, now):
    late = filings.draft(town, at=now, papers=(), notice_read_at=None, contact_name="")
    client = browser(town.lan, "en")
    shown = client.get(page(late, "submit"))
    words = text(shown)
    for code in ("The filing notice has not been read", "Principal documents are missing", "The contact person"):
        assert code in words
    assert words.count("What to do") >= 3 and 'name="seen"' not in words
    answer = client.post(page(late, "submit"))
    assert answer.status_code == 409 and "Principal documents are missing" in text(answer)
    assert status(late) == "draft"


@pytest.mark.req("S3.32")
def test_the_second_clerk_reads_who_was_faster_what_and_when(town, filing):
    town.clerk.display_name = "张敏"
    town.clerk.save(update_fields=["display_name"])
    second = browser(town.second_clerk, "en")
    second.get(page(filing, "refuse"))
    browser(town.clerk).post(page(filing, "accept"))
    answer = second.post(page(filing, "refuse"), {"because": "too late"})
    assert answer.status_code == 409
    words = text(answer)
    assert "Somebody was faster" in words and "Accepted" in words and "张敏 (clerk)" in words and f"{day_of(business_now())}" in words
    assert 'name="because"' not in words and "See the case as it is now" in words and f'href="/cases/{filing.number}/"' in words
    assert text(second.get(page(filing, "refuse"))).count("Somebody was faster") == 1
    assert Event.objects.filter(object_id=filing.pk, verb="refuse").count() == 0


def test_the_same_button_pressed_twice_is_no_mistake(town, filing):
    client = browser(town.clerk)
    for _turn in range(2):
        answer = client.post(page(filing, "accept"))
        assert (answer.status_code, answer.url) == (302, f"/cases/{filing.number}/")
    assert client.get(page(filing, "accept")).status_code == 302
    assert Event.objects.filter(object_id=filing.pk, verb="accept").count() == 1


@pytest.mark.req("S0.12", "S0.15")
def test_a_promised_paper_sent_twice_by_one_form_is_one_paper(town, now):
    gap = filings.in_force(town, at=now)
    client = browser(town.lan, "en")
    form = client.get(page(gap, "give_missing"), {"code": gap.owed[0]})
    assert "checked" in text(form)
    for _turn in range(2):
        answer = client.post(page(gap, "give_missing"), {"code": gap.owed[0], "file": photo((9, 9, 9)), "seen": seen(form)})
        assert answer.status_code == 302, text(answer)
    assert Event.objects.filter(object_id=gap.pk, verb="give_missing").count() == 1
    assert Document.objects.filter(docket=gap.docket_id, kind=gap.owed[0]).count() == 1


def test_a_wrong_file_after_a_good_press_is_still_a_mistake(town, now):
    """The form was shown after the press, so it is a new attempt and not the old one twice."""
    gap = filings.in_force(town, at=now)
    client = browser(town.lan, "en")
    client.post(page(gap, "give_missing"), {"code": gap.owed[0], "file": photo((9, 9, 9))})
    form = client.get(page(gap, "give_missing"))
    answer = client.post(page(gap, "give_missing"), {"code": gap.owed[0], "file": photo((8, 8, 8)), "seen": seen(form)})
    assert answer.status_code == 422


def test_a_superuser_who_opened_it_is_told_before_and_after_the_press(town, now):
    own = filings.draft(town, at=now, by=town.root, papers=filings.FULL)
    own = act(own.submit, by=town.root, at=now)
    client = browser(town.root, "en")
    assert "You opened this case yourself" in text(client.get(page(own, "accept")))
    answer = client.post(page(own, "accept"))
    assert answer.status_code == 409 and "You opened this case yourself" in text(answer)
    assert status(own) == "submitted"


@pytest.mark.pg15
@pytest.mark.django_db(transaction=True)
def test_of_two_clerks_at_once_one_wins_and_the_other_reads_it_every_time(law):
    town, now = build(), business_now() - MINUTE
    for n in range(4):
        filing = filings.submitted(town, at=now, person=make_person(serial=800 + n), papers=filings.FULL, by=town.counter)
        answers, barrier = [], Barrier(2)

        def press(user, verb, filing=filing, answers=answers, barrier=barrier):
            client = browser(user, "en")
            barrier.wait()
            answers.append(client.post(page(filing, verb), {"because": "no", "reasons": "illegible"}))
            connection.close()

        threads = [Thread(target=press, args=pair) for pair in ((town.clerk, "accept"), (town.second_clerk, "refuse"))]
        [thread.start() for thread in threads], [thread.join(30) for thread in threads]
        lost = [answer for answer in answers if answer.status_code == 409]
        assert sorted(answer.status_code for answer in answers) == [302, 409]
        assert "Somebody was faster" in text(lost[0])
