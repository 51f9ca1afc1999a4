"""Receipts: what the carrier says became of a message, signed, in any order and any number of times."""
import time
from datetime import timedelta

import pytest
from django.test import override_settings

from tests.casework.outbox import empty_docket, now, queued
from tests.plugins.simulators import point_at, running
from tests.town import JAN_5
from xinyijian.casework import delivery
from xinyijian.casework.models import Notice, Sending
from xinyijian.gateways import http, signing
from xinyijian.people.models import Phone

State = Notice.State
CALLBACK = "/gateways/receipts/"


@pytest.fixture
def docket(town, simulators):
    return empty_docket(town)


def receipt(client, body, *, age=0, secret=None):
    data = http.encode(body)
    with override_settings(**({"GATEWAY_SECRET": secret} if secret else {})):
        headers = signing.sign(CALLBACK, data, key="x", now=time.time() - age)
    return client.post(CALLBACK, data, content_type="application/json", headers=headers)


@pytest.mark.parametrize(("said", "state"), [("delivered", State.DELIVERED), ("failed", State.FAILED)])
def test_a_receipt_closes_the_notice_and_said_twice_is_said_once(docket, client, said, state):
    notice = queued(docket)
    delivery.send_due(JAN_5)
    body = {"key": f"notice-{notice.pk}-sms", "receipt": now(notice).receipt, "status": said}
    assert receipt(client, body).status_code == 204
    first = Sending.objects.get(notice=notice, channel="sms").answered_at
    assert (now(notice).state, notice.next_try_at) == (state, None) and first
    assert receipt(client, body | {"status": "delivered"}).status_code == 204
    assert (now(notice).state, Sending.objects.get(notice=notice, channel="sms").answered_at) == (state, first)


def test_a_receipt_may_come_before_the_answer(docket, simulators):
    simulators.faults(sms="lost")
    notice = queued(docket)
    delivery.send_due(JAN_5)
    assert delivery.record_receipt(delivery.key_of(notice), "SMS1", "delivered", JAN_5)
    assert (now(notice).state, notice.receipt) == (State.DELIVERED, "SMS1")
    simulators.faults()
    assert delivery.send_due(JAN_5 + timedelta(days=1)) == 0


def test_a_receipt_of_a_sign_in_code_is_thanked_for_and_forgotten(docket, client):
    notice = queued(docket)
    assert receipt(client, {"key": f"code-{notice.pk}", "receipt": "SMS1", "status": "delivered"}).status_code == 204
    assert now(notice).state == State.QUEUED


@pytest.mark.parametrize("how", [{"secret": "another"}, {"age": 301}])
def test_a_receipt_that_is_not_signed_well_is_refused_with_a_problem(docket, client, how):
    notice = queued(docket)
    answer = receipt(client, {"key": f"notice-{notice.pk}-sms", "receipt": "SMS1", "status": "delivered"}, **how)
    assert answer.status_code == 401 and answer["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == 401 and answer.json()["detail"]
    assert now(notice).state == State.QUEUED


@pytest.mark.parametrize("body", [{}, {"key": "k", "receipt": "r", "status": "eaten"}, {"key": "", "receipt": "r", "status": "failed"}])
def test_a_receipt_that_makes_no_sense_is_a_problem(db, client, body):
    answer = receipt(client, body)
    assert answer.status_code == 422 and answer["Content-Type"] == "application/problem+json" and answer.json()["errors"]


def test_receipts_are_only_posted(db, client):
    assert client.get(CALLBACK).status_code in (401, 405)


@pytest.mark.django_db(transaction=True)
def test_the_operator_posts_its_receipts_back_until_they_are_taken(live_server, docket, town, settings, tmp_path):
    with running(tmp_path, live_server.url + "/") as operator:
        point_at(settings, operator)
        operator.faults(sms="repeat")  # also the receipt comes twice
        good = queued(docket)
        Phone.objects.filter(user=town.stranger).update(verified_at=None)
        town.stranger_person.phone = "19900009999"
        town.stranger_person.save()
        bad = queued(docket, person=town.stranger_person)
        assert delivery.send_due(JAN_5) == 2
        deadline = time.monotonic() + 60
        while State.SENT in (now(good).state, now(bad).state) and time.monotonic() < deadline:
            time.sleep(0.1)
        assert (good.state, bad.state) == (State.DELIVERED, State.FAILED)
        while operator.rows("SELECT 1 FROM message WHERE post_after IS NOT NULL") and time.monotonic() < deadline:
            time.sleep(0.1)
        assert not operator.rows("SELECT 1 FROM message WHERE post_after IS NOT NULL")
