"""Nobody learns at a door whether somebody is known: the same answer, for the same work (strength: E4).

No clock is asked, since it would have to be asked a thousand times and would still tell of the machine: what takes time is counted, of
every pair of a known one and an unknown one: each statement to the database, each look at the cache, each hash, the whole answer.
"""
import itertools
import re
from collections import Counter
from datetime import date

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache.backends.redis import RedisCacheClient
from django.db import connection

from tests import filings
from tests.remote_care.walking import browser
from tests.town import certificate, make_person
from xinyijian.casework.business_time import business_now

from .addresses import NO_NUMBER

pytestmark = pytest.mark.django_db
PAIRS = 12  # at each door; what is counted does not vary, so more would say the same
# Each try comes from elsewhere, so that neither lock nor pace stands in between.
elsewhere = (f"198.18.{high}.{low}" for high, low in itertools.product(range(250), range(1, 250)))
VARIES = re.compile(r'(name="csrfmiddlewaretoken" )?value="[^"]*"|<time.*?</time>')
COUNTED = re.compile(r"\b(SELECT|INSERT INTO|UPDATE|DELETE FROM|SAVEPOINT|RELEASE|ROLLBACK)\b")


@pytest.fixture
def work(monkeypatch):
    """What has been done since it was last emptied: {what: how often}."""
    done = Counter()

    def counted(owner, name):
        real = getattr(owner, name)

        def deed(*args, **more):
            done[name] += 1
            return real(*args, **more)

        monkeypatch.setattr(owner, name, deed)

    def asked(execute, sql, params, many, context):
        if "policies_version" not in sql:  # asked once a second, whoever stands at the door
            done[" ".join(COUNTED.findall(sql))] += 1
        return execute(sql, params, many, context)

    counted(MD5PasswordHasher, "encode")
    counted(RedisCacheClient, "get_client")
    with connection.execute_wrapper(asked):
        yield done


def compare(work, deed, known, unknown, user=None):
    """By turns a known one and an unknown one: what was told, and what was done for it, is the same for all."""
    seen = set()
    for turn in range(-1, PAIRS):
        for one in (known(turn), unknown(turn)):
            device = browser(user, REMOTE_ADDR=next(elsewhere))
            work.clear()
            answer = deed(device, one)
            told = VARIES.sub("", answer.content.decode())
            told = answer.status_code, answer.headers.get("Location"), told.replace(one, "…") if "-" in one else told
            if turn >= 0:  # the first pair warms what is remembered
                seen.add((told, tuple(sorted(answer.cookies)), tuple(sorted(work.items()))))
    assert len(seen) == 1, [(told[:2], cookies, done) for told, cookies, done in seen]
    assert sum(dict(seen.pop()[-1]).values()) > 2


def nobody(turn):
    return certificate("439901", date(1950, 3, 8), 700 + turn)


def test_at_the_password(town, work):
    def deed(device, name):
        return device.post("/sign-in/password/", {"username": name, "password": "wrong"})

    compare(work, deed, lambda turn: "lan", lambda turn: f"nobody{turn}")
    compare(work, deed, lambda turn: town.lan_person.cert_number, nobody)


def test_at_the_phone(town, work, simulators):
    def deed(device, phone):
        return device.post("/sign-in/", {"phone": phone})

    phones = [make_person(serial=100 + turn).phone for turn in range(PAIRS + 1)]
    compare(work, deed, lambda turn: phones[turn], lambda turn: f"1990002{turn + 1:04}")


def test_at_registration(town, work, simulators):
    people = [make_person(serial=100 + turn, psn_no=f"4399017{turn:08}", phone=f"1990001{turn:04}",
                          cert_number=f"P{turn:08}", cert_type="16") for turn in range(PAIRS + 1)]

    def deed(device, facts):
        name, number, phone = facts
        return device.post("/register/", {"name": name, "cert_type": "16", "cert_number": number, "phone": phone, "agree": "on"})

    compare(work, deed, lambda turn: ("赵无名", people[turn].cert_number, people[turn].phone),
            lambda turn: ("钱谁也", f"Q{turn + 1:08}", f"1990003{turn + 1:04}"))


def test_at_another_countys_counters(town, work):
    """Somebody insured elsewhere is found like nobody (S2.17)."""
    for page in ("/remote-care/counter/", "/family/counter/"):
        compare(work, lambda device, number, page=page: device.post(page, {"cert_type": "01", "number": number}),
                lambda turn: town.mother_person.cert_number, nobody, user=town.elsewhere)


def test_at_the_progress_of_a_case(town, work):
    number = filings.submitted(town, at=business_now()).number
    for page in ("/cases/{}/", "/cases/{}/withdraw/", "/v/{}-000000000000/"):
        compare(work, lambda device, number, page=page: device.get(page.format(number)),
                lambda turn: number, lambda turn: NO_NUMBER, user=town.stranger)
