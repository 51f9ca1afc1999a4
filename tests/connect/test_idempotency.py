"""A write happens once, however often and however fast it is asked for."""

from threading import Event as Flag

import pytest
from django.db import transaction

from remote_care.models import Filing
from tests.casework.test_races import race
from xinyijian.audit.models import Event
from xinyijian.casework.api import idempotency
from xinyijian.casework.looks import VERBS
from xinyijian.casework.models import KeptAnswer

from .conftest import Machine
from .test_filings import FILLED, opened

pytestmark = pytest.mark.django_db(transaction=True)
KEY = "one-deed-and-no-more"


def wanted(town, **more):
    return {"psn_no": town.stranger_person.psn_no, "code_biz_type": "01103", "dcla_souc": "01"} | FILLED | more


def again(machine):
    """The same system in another thread."""
    twin = Machine(machine.client, machine.secret)
    twin._token = machine.token
    return twin


@pytest.mark.pg15
def test_twenty_at_once_with_one_key_are_one_filing(his, town):
    assert his.token
    answers = race(*[lambda: again(his).post("filings/", wanted(town), key=KEY)] * 20)
    codes = [answer.status_code for answer in answers]
    assert set(codes) <= {201, 409} and codes.count(201) >= 1, codes
    assert Filing.objects.count() == KeptAnswer.objects.count() == 1
    assert {answer.json()["code"] for answer in answers if answer.status_code == 409} <= {"in_flight"}
    assert len({answer.content for answer in answers if answer.status_code == 201}) == 1


def test_done_is_told_again_with_the_same_words(his, town):
    first, second = (his.post("filings/", wanted(town), key=KEY) for _ in range(2))
    assert (first.status_code, first.content, first["Location"]) == (second.status_code, second.content, second["Location"])
    assert "Idempotency-Replayed" not in first.headers and second.headers["Idempotency-Replayed"] == "true"


def test_another_body_or_another_address_under_the_same_key_is_refused(his, town):
    number = his.post("filings/", wanted(town), key=KEY).json()["number"]
    for answer in (his.post("filings/", wanted(town, tel="1"), key=KEY), his.post(f"filings/{number}/withdraw/", key=KEY)):
        assert (answer.status_code, answer.json()["code"]) == (422, "key_reused")
    assert Filing.objects.get().status == "draft"


def test_another_caller_with_the_same_key_learns_nothing(his, other_his, town):
    his.post("filings/", wanted(town), key=KEY)
    other = other_his.post("filings/", wanted(town), key=KEY)
    assert other.status_code == 201 and "Idempotency-Replayed" not in other.headers
    assert Filing.objects.count() == 2


def test_while_it_is_being_done_the_same_request_is_told_to_wait(his, town):
    taken, over = Flag(), Flag()

    def first():
        with transaction.atomic():
            idempotency._take(his.client.client_id, KEY)
            taken.set()
            over.wait(20)

    def second():
        taken.wait(20)
        answer = again(his).post("filings/", wanted(town), key=KEY)
        over.set()
        return answer

    _none, answer = race(first, second)
    assert (answer.status_code, answer.json()["code"], answer.headers["Retry-After"]) == (409, "in_flight", "1")
    assert his.post("filings/", wanted(town), key=KEY).status_code == 201


def test_a_refusal_is_asked_again(his, town):
    number = opened(his, town.stranger_person.psn_no)
    first = his.post(f"filings/{number}/submit/", key=KEY)
    assert first.status_code == 409 and not KeptAnswer.objects.filter(key=KEY).exists()
    from .test_filings import complete

    complete(his, number)
    assert his.post(f"filings/{number}/submit/", key=KEY).status_code == 200


def test_who_was_looked_at_stays_on_record_when_the_deed_is_refused(his, town):
    looks = Event.objects.filter(verb__in=VERBS, by_id=his.client.acts_as_id).order_by("pk")
    assert his.post("filings/", wanted(town, psn_no="nobody")).status_code == 404
    assert [(look.verb, look.person_id) for look in looks.all()] == [("looked_up", None)]
    number = opened(his, town.stranger_person.psn_no)
    before = looks.all().count()
    assert his.post(f"filings/{number}/submit/").status_code == 409
    assert [(look.verb, look.person_id) for look in looks.all()[before:]] == [("read", town.stranger_person.pk)]
    before = looks.all().count()
    his.post(f"filings/{number}/", {"tel": "2"}, method="patch")
    assert looks.all().count() == before + 1, "once, when the deed is done"


def test_a_write_without_a_key_is_not_taken(his, town):
    for key in (False, "short", "with space in it", "x" * 201):
        answer = his.post("filings/", wanted(town), key=key)
        assert (answer.status_code, answer.json()["code"]) == (400, "key_missing")
    assert not Filing.objects.exists()


def test_what_is_kept_names_nobody_in_clear(his, town):
    his.post("filings/", wanted(town), key=KEY)
    assert town.stranger_person.psn_no not in KeptAnswer.objects.get().body
