"""The outbox: each notice reaches a phone once, in daytime, through every fault; what cannot be delivered is seen by staff."""
import os
import signal
import subprocess
import sys
import threading
import time
from datetime import datetime, timedelta

import pytest
from django.db import connection

from tests.casework.outbox import empty_docket, now, queued
from tests.town import JAN_5, SHANGHAI
from xinyijian.casework import delivery
from xinyijian.casework.models import Notice
from xinyijian.people.models import Phone
from xinyijian.policies import forget
from xinyijian.policies.models import Value

State = Notice.State
SECOND = timedelta(seconds=1)
RECEIPT_WITHIN = timedelta(hours=24)
PAUSES = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 240, 240)]


@pytest.fixture
def docket(town, simulators, settings):
    settings.QUIET_HOURS = True
    return empty_docket(town)


def test_a_notice_goes_out_once_and_waits_for_its_receipt(docket, simulators):
    notice = queued(docket, text="请补材料")
    assert delivery.send_due(JAN_5) == 1
    assert (now(notice).state, notice.sent_at, notice.attempts) == (State.SENT, JAN_5, 1)
    assert notice.receipt.startswith("SMS") and notice.next_try_at == JAN_5 + RECEIPT_WITHIN
    assert delivery.send_due(JAN_5 + timedelta(hours=1)) == 0
    assert [(m["phone"], m["text"]) for m in simulators.messages()] == [(docket.person.phone, "请补材料")]


def test_a_notice_is_not_sent_before_its_time(docket, simulators):
    queued(docket, at=JAN_5)
    assert delivery.send_due(JAN_5 - SECOND) == 0
    assert delivery.send_due(JAN_5) == 1


@pytest.mark.parametrize(("hour", "minute", "second", "sent"), [(20, 59, 59, 1), (21, 0, 0, 0), (2, 0, 0, 0), (7, 59, 59, 0), (8, 0, 0, 1)])
def test_nobody_is_woken_at_night(docket, simulators, hour, minute, second, sent):
    queued(docket)
    assert delivery.send_due(datetime(2026, 1, 6, hour, minute, second, tzinfo=SHANGHAI)) == sent
    assert len(simulators.messages()) == sent


def test_a_demo_shows_its_messages_at_night_too(docket, settings):
    settings.QUIET_HOURS = False
    queued(docket)
    assert delivery.send_due(datetime(2026, 1, 6, 2, tzinfo=SHANGHAI)) == 1


def test_what_waits_for_the_morning_was_not_tried_and_keeps_its_day(docket, simulators):
    night = datetime(2026, 1, 6, 21, tzinfo=SHANGHAI)
    notice = queued(docket, at=night)
    assert delivery.send_due(night) == 0
    assert (now(notice).attempts, notice.at, notice.next_try_at) == (0, night, datetime(2026, 1, 7, 8, tzinfo=SHANGHAI))


def test_an_urgent_message_goes_out_at_night(docket, simulators):
    Value.objects.filter(service="casework", name="urgent_notices").update(content=["t"])
    forget()
    queued(docket)
    assert delivery.send_due(datetime(2026, 1, 6, 2, tzinfo=SHANGHAI)) == 1


def test_while_the_carrier_is_away_the_pauses_grow_and_then_somebody_telephones(docket, simulators, settings):
    settings.QUIET_HOURS = False
    simulators.faults(sms="500")
    notice, at = queued(docket), JAN_5
    for attempt, pause in enumerate(PAUSES, start=1):
        assert delivery.send_due(at - SECOND) == 0 and now(notice).attempts == attempt - 1
        delivery.send_due(at)
        assert (now(notice).state, notice.attempts, notice.next_try_at) == (State.QUEUED, attempt, at + pause)
        assert "500" in notice.problem
        at += pause
    delivery.send_due(at)
    assert (now(notice).state, notice.next_try_at, notice.channel) == (State.FAILED, None, "phone")


def test_a_refused_message_goes_to_the_phone_list_at_once(docket, simulators):
    simulators.faults(sms="refuse")
    notice = queued(docket)
    assert delivery.send_due(JAN_5) == 0
    assert (now(notice).state, notice.next_try_at) == (State.FAILED, None) and "blocked" in notice.problem


def test_without_a_phone_number_staff_are_told(docket, town):
    Phone.objects.filter(user=town.mother).delete()
    town.mother_person.phone = ""
    town.mother_person.save()
    notice = queued(docket, person=town.mother_person)
    delivery.send_due(JAN_5)
    assert (now(notice).state, notice.problem) == (State.FAILED, "no_address")


def test_the_number_that_was_proved_is_preferred(docket, town, simulators):
    Phone.objects.create(user=town.mother, number="19900007777", verified_at=JAN_5)
    Phone.objects.create(user=town.mother, number="19900008888")
    queued(docket, person=town.mother_person)
    delivery.send_due(JAN_5)
    assert simulators.messages()[0]["phone"] == "19900007777"


@pytest.mark.parametrize("fault", ["lost", "slow"])
def test_an_answer_that_never_came_costs_no_second_message(docket, simulators, fault):
    simulators.faults(sms=fault)
    notice = queued(docket)
    assert delivery.send_due(JAN_5) == 0 and now(notice).state == State.QUEUED
    simulators.faults()
    assert delivery.send_due(JAN_5 + PAUSES[0]) == 1 and now(notice).state == State.SENT
    assert len(simulators.messages()) == 1


def test_one_sweep_does_not_ask_a_carrier_that_is_away_again_and_again(docket, simulators):
    simulators.faults(sms="500")
    notices = [queued(docket) for _n in range(8)]
    delivery.send_due(JAN_5)
    assert sum(now(notice).attempts for notice in notices) == delivery.UNANSWERED_IN_A_ROW


def test_through_every_mixture_of_faults_each_notice_is_one_message(docket, simulators):
    notices = [queued(docket) for _n in range(30)]
    simulators.faults(sms={"500": 0.3, "lost": 0.1, "repeat": 0.05})
    at = JAN_5
    while Notice.objects.filter(state=State.QUEUED).exists():
        delivery.send_due(at)
        at += timedelta(minutes=1) if at < JAN_5 + timedelta(hours=1) else timedelta(hours=1)
    told = {state: sum(now(notice).state == state for notice in notices) for state in State}
    assert told[State.SENT] + told[State.FAILED] == 30
    assert told[State.SENT] <= len(simulators.messages()) <= 30


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_send_each_notice_once(docket, simulators):
    for _n in range(20):
        queued(docket)
    sent, start = [], threading.Barrier(3)

    def sweep():
        start.wait()
        sent.append(delivery.send_due(JAN_5))
        connection.close()

    sweeps = [threading.Thread(target=sweep) for _n in range(3)]
    for thread in sweeps:
        thread.start()
    for thread in sweeps:
        thread.join()
    assert sum(sent) == 20 and set(Notice.objects.exclude(sent_at=None).values_list("attempts", flat=True)) == {1}
    assert len(simulators.messages()) == 20


@pytest.mark.django_db(transaction=True)
def test_a_sender_that_was_killed_gives_its_notice_back(docket, simulators, settings):
    simulators.faults(sms="slow")
    notice = queued(docket)
    process = subprocess.Popen([sys.executable, "-c", SENDER], env=os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.settings", "SMS_URL": settings.SMS_URL, "DATABASE_NAME": connection.settings_dict["NAME"],
    })
    deadline = time.monotonic() + 30
    while now(notice).attempts == 0 and time.monotonic() < deadline:
        time.sleep(0.05)
    os.kill(process.pid, signal.SIGKILL)
    process.wait(10)
    assert (now(notice).state, notice.attempts) == (State.QUEUED, 1)
    simulators.faults()
    assert delivery.send_due(JAN_5 + delivery.LEASE - SECOND) == 0
    assert delivery.send_due(JAN_5 + delivery.LEASE) == 1
    assert len(simulators.messages()) == 1


SENDER = f"""
import os, django
from django.conf import settings
settings.DATABASES["default"]["NAME"] = os.environ["DATABASE_NAME"]
django.setup()
from datetime import datetime
from xinyijian.casework import delivery
delivery.send_due(datetime.fromisoformat("{JAN_5.isoformat()}"))
"""


def test_without_a_receipt_somebody_telephones_after_a_day(docket):
    notice = queued(docket)
    delivery.send_due(JAN_5)
    delivery.send_due(JAN_5 + RECEIPT_WITHIN - SECOND)
    assert now(notice).state == State.SENT
    delivery.send_due(JAN_5 + RECEIPT_WITHIN)
    assert (now(notice).state, notice.next_try_at) == (State.FAILED, None)
    assert delivery.record_receipt(delivery.key_of(notice, "sms"), "SMS1", "delivered", JAN_5 + timedelta(days=2))
    assert now(notice).state == State.DELIVERED


def test_whoever_read_it_in_the_portal_is_not_telephoned(docket, simulators):
    simulators.faults(sms="refuse")
    notice = queued(docket)
    Notice.objects.filter(pk=notice.pk).update(read_at=JAN_5)
    delivery.send_due(JAN_5)
    assert now(notice).state == State.PORTAL
