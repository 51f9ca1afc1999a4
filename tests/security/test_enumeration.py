"""Nobody learns at a door whether somebody is known: the same answer, in the same time (strength: E4)."""
import itertools
import re
import statistics
import threading
import time

import pytest
from django.test import Client

from tests.town import make_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("law")]
TRIES, GAP = 60, 0.005  # of each kind; seconds of work between the medians
# Each try comes from elsewhere, so that neither lock nor pace stands in between.
addresses = (f"198.18.{high}.{low}" for high, low in itertools.product(range(250), range(1, 250)))


def plain(answer):
    text = re.sub(r'(name="csrfmiddlewaretoken" )?value="[^"]*"', "", answer.content.decode())
    return answer.status_code, answer.headers.get("Location"), text


def compare(deed, known, unknown):
    """Both kinds by turns, so that a busy machine is busy for both."""
    times, answers = {True: [], False: []}, set()
    for turn in range(TRIES):
        for is_known, facts in ((True, known), (False, unknown)):
            browser = Client(REMOTE_ADDR=next(addresses))
            start = time.thread_time()  # work, not waiting: what else the machine does must not count
            answer = deed(browser, facts(turn))
            times[is_known].append(time.thread_time() - start)
            answers.add(plain(answer))
    assert len(answers) == 1
    assert abs(statistics.median(times[True]) - statistics.median(times[False])) < GAP


def test_at_the_password(town):
    def deed(browser, name):
        return browser.post("/sign-in/password/", {"username": name, "password": "wrong"})

    compare(deed, lambda turn: "lan", lambda turn: "nobody")


def test_at_the_password_with_a_certificate_number(town):
    def deed(browser, number):
        return browser.post("/sign-in/password/", {"username": number, "password": "wrong"})

    compare(deed, lambda turn: town.lan_person.cert_number, lambda turn: "439901199001010017")


def test_at_registration(town, simulators):
    people = [make_person(serial=100 + turn, name="赵无名", psn_no=f"4399017{turn:08}", phone=f"1990001{turn:04}",
                          cert_number=f"P{turn:08}", cert_type="16") for turn in range(TRIES)]

    def deed(browser, facts):
        name, number, phone = facts
        return browser.post("/register/", {"name": name, "cert_type": "16", "cert_number": number, "phone": phone, "agree": "on"})

    compare(deed, lambda turn: ("赵无名", people[turn].cert_number, people[turn].phone),
            lambda turn: ("钱谁也", f"Q{turn:08}", f"1990002{turn:04}"))
    for thread in threading.enumerate():
        if thread.name == "sign-in-code":
            thread.join(30)
