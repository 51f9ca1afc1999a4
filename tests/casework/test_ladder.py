"""The ladder: WeChat, text message, e-mail, phone list, letter; each rung once, the next one only when one fails."""
import random
from datetime import timedelta

import pytest
from django.db import connection
from django.http import Http404

from tests.casework.outbox import empty_docket, now, queued
from tests.town import JAN_5
from xinyijian.audit.models import Event
from xinyijian.casework import calls, delivery, posting
from xinyijian.casework.models import Notice, Sending
from xinyijian.people.models import Contact, Person, Wishes

State = Notice.State
DAY = timedelta(days=1)


@pytest.fixture
def docket(town, simulators):
    Person.objects.filter(pk=town.mother_person.pk).update(address="示例路1号")
    docket = empty_docket(town)
    docket.person.refresh_from_db()
    return docket


def bind(person, kind, address):
    return Contact.objects.create(person=person, kind=kind, address=address, since=JAN_5)


def both(person):
    bind(person, "wechat", "demo-guiying")
    bind(person, "email", "guiying@demo.invalid")


def channels(simulators):
    return sorted(message["channel"] for message in simulators.messages())


def told(notice):
    return dict(Sending.objects.filter(notice=notice).values_list("channel", "state"))


def test_whoever_has_bound_wechat_gets_it_there_and_nowhere_else(docket, simulators):
    both(docket.person)
    notice = queued(docket)
    assert delivery.send_due(JAN_5) == 1
    assert (now(notice).channel, notice.state) == ("wechat", State.SENT)
    assert delivery.record_receipt(delivery.key_of(notice), "1", "delivered", JAN_5)
    assert delivery.send_due(JAN_5 + 9 * DAY) == 0 and now(notice).state == State.DELIVERED
    assert channels(simulators) == ["wechat"]


def test_each_way_that_fails_leads_to_the_next_and_in_the_end_to_a_letter(docket, simulators, town):
    both(docket.person)
    notice, at = queued(docket), JAN_5
    for channel in ("wechat", "sms", "email"):
        assert delivery.send_due(at) == 1 and now(notice).channel == channel
        delivery.record_receipt(delivery.key_of(notice), "x", "failed", at)
    assert (now(notice).state, notice.channel, notice.problem) == (State.FAILED, "phone", "bounced")
    for call in (1, 2, 3):
        assert now(notice).state == State.FAILED
        calls.note(calls.find(str(notice.pk), by=town.clerk, at=at), reached=False, text=f"call {call}", by=town.clerk, at=at)
    assert (now(notice).state, notice.channel) == (State.LETTER, "letter")
    assert channels(simulators) == ["email", "sms", "wechat"]
    posting.post(posting.find(str(notice.pk), by=town.clerk, at=at), number="RR1", by=town.clerk, at=at)
    assert (now(notice).state, notice.receipt) == (State.POSTED, "RR1")
    assert told(notice) == {"wechat": "failed", "sms": "failed", "email": "failed", "phone": "failed", "letter": "sent"}


def test_a_letter_that_comes_back_stands_on_the_phone_list_and_is_not_posted_twice(docket, town, simulators):
    notice = queued(docket)
    Notice.objects.filter(pk=notice.pk).update(state=State.LETTER, channel="letter", next_try_at=None)
    posting.post(posting.find(str(notice.pk), by=town.clerk, at=JAN_5), number="", by=town.clerk, at=JAN_5)
    posting.came_back(posting.find(str(notice.pk), by=town.clerk, at=JAN_5, state=State.POSTED), by=town.clerk, at=JAN_5)
    for _call in range(5):
        calls.note(calls.find(str(notice.pk), by=town.clerk, at=JAN_5), reached=False, text="x", by=town.clerk, at=JAN_5)
    assert now(notice).state == State.FAILED


def test_told_by_phone_is_kept_in_no_language(docket, town, simulators):
    simulators.faults(sms="refuse")
    notice = queued(docket)
    delivery.send_due(JAN_5)
    calls.note(calls.find(str(notice.pk), by=town.clerk, at=JAN_5), reached=True, text="她知道了", by=town.clerk, at=JAN_5)
    assert (now(notice).state, notice.channel, notice.problem) == (State.DELIVERED, "phone", "")
    assert told(notice) == {"sms": "failed", "phone": "delivered"}


def test_a_failed_receipt_after_she_read_it_in_the_portal_wakes_nobody(docket, simulators):
    notice = queued(docket)
    delivery.send_due(JAN_5)
    Notice.objects.filter(pk=notice.pk).update(read_at=JAN_5)
    delivery.record_receipt(delivery.key_of(now(notice)), "x", "failed", JAN_5)
    assert (now(notice).state, notice.next_try_at) == (State.PORTAL, None)


def test_without_a_receipt_in_time_the_next_way_is_tried(docket, simulators):
    both(docket.person)
    notice = queued(docket)
    delivery.send_due(JAN_5)
    assert delivery.send_due(JAN_5 + DAY - timedelta(seconds=1)) == 0
    assert delivery.send_due(JAN_5 + DAY) == 1 and now(notice).channel == "sms"
    delivery.record_receipt(delivery.key_of(notice, "wechat"), "x", "delivered", JAN_5 + DAY)  # late, and true all the same
    assert (now(notice).state, notice.channel, notice.next_try_at) == (State.DELIVERED, "wechat", None)


def test_her_wishes_come_first_and_what_she_does_not_want_is_left_out(docket, simulators):
    both(docket.person)
    Wishes.objects.create(person=docket.person, first="email", without=["wechat"])
    notice = queued(docket)
    delivery.send_due(JAN_5)
    assert now(notice).channel == "email"
    delivery.record_receipt(delivery.key_of(notice), "x", "failed", JAN_5)
    delivery.send_due(JAN_5)
    assert now(notice).channel == "sms" and channels(simulators) == ["email", "sms"]


def test_nothing_is_sent_to_somebody_who_has_died(docket, simulators):
    notice = queued(docket)
    Person.objects.filter(pk=docket.person_id).update(died_on=JAN_5.date())
    assert delivery.send_due(JAN_5) == 0
    assert (now(notice).state, notice.next_try_at) == (State.STOPPED, None) and not simulators.messages()


def test_one_carrier_that_is_away_does_not_hold_up_the_others(docket, simulators, town):
    bind(docket.person, "wechat", "demo-guiying")
    away = [queued(docket) for _n in range(6)]
    fine = [queued(docket, person=town.stranger_person) for _n in range(3)]
    simulators.faults(wechat="500")
    assert delivery.send_due(JAN_5) == 3
    assert sum(now(notice).attempts for notice in away) == delivery.UNANSWERED_IN_A_ROW
    assert {now(notice).state for notice in fine} == {State.SENT}


@pytest.mark.parametrize("channel", ["wechat", "email"])
@pytest.mark.parametrize("fault", ["lost", "slow"])
def test_an_answer_that_never_came_costs_no_second_message(docket, simulators, channel, fault):
    bind(docket.person, channel, {"wechat": "demo-guiying", "email": "guiying@demo.invalid"}[channel])
    Wishes.objects.create(person=docket.person, first=channel, without=["sms"])
    simulators.faults(**{channel: fault})
    notice = queued(docket)
    assert delivery.send_due(JAN_5) == 0 and now(notice).state == State.QUEUED
    simulators.faults()
    assert delivery.send_due(JAN_5 + timedelta(minutes=1)) == 1
    assert channels(simulators) == [channel]


def test_through_errors_lost_answers_and_repeated_receipts_no_rung_takes_a_notice_twice(docket, simulators):
    """B9: 30 % errors, 10 % taken but unanswered, receipts twice; what fails goes on to another way."""
    both(docket.person)
    notices = [queued(docket) for _n in range(25)]
    simulators.faults(**{name: {"500": 0.3, "lost": 0.1, "refuse": 0.1} for name in ("wechat", "sms", "email")})
    chance, at = random.Random(9), JAN_5
    for _turn in range(60):
        delivery.send_due(at)
        for notice in Notice.objects.filter(state=State.SENT):
            status = chance.choice(["delivered", "delivered", "failed"])
            for _copy in range(2):
                delivery.record_receipt(delivery.key_of(notice), f"r{notice.pk}{notice.channel}", status, at)
        at += timedelta(minutes=15)
    keys = simulators.rows("SELECT key, count(*) FROM message GROUP BY key")
    assert all(count == 1 for _key, count in keys)
    states = {now(notice).state for notice in notices}
    assert states <= {State.DELIVERED, State.FAILED} and len({notice.channel for notice in notices}) > 1
    for notice in notices:
        assert list(told(notice).values()).count("delivered") == (notice.state == State.DELIVERED)


def test_what_was_said_on_the_phone_is_sealed_and_not_in_the_trail(docket, town, simulators):
    notice = queued(docket)
    Notice.objects.filter(pk=notice.pk).update(state=State.FAILED, next_try_at=None)
    for said in ("她住院了", "她儿子接的"):
        calls.note(now(notice), reached=False, text=said, by=town.clerk, at=JAN_5)
    assert Sending.objects.get(channel="phone").said == "2026-01-05 她住院了\n2026-01-05 她儿子接的"
    with connection.cursor() as cursor:
        cursor.execute("SELECT said FROM casework_sending WHERE channel = 'phone'")
        assert "她" not in cursor.fetchone()[0]
    assert set(map(str, Event.objects.filter(verb="not_reached").values_list("data", flat=True))) == {"{}"}


def test_a_letter_on_two_screens_is_posted_and_comes_back_once(docket, town, simulators):
    notice = queued(docket)
    Notice.objects.filter(pk=notice.pk).update(state=State.LETTER, channel="letter", next_try_at=None)
    first, second = Notice.objects.get(pk=notice.pk), Notice.objects.get(pk=notice.pk)
    posting.post(first, number="RR1", by=town.clerk, at=JAN_5)
    with pytest.raises(Http404):
        posting.post(second, number="RR2", by=town.second_clerk, at=JAN_5)
    posting.came_back(now(notice), by=town.clerk, at=JAN_5)
    with pytest.raises(Http404):
        posting.came_back(first, by=town.clerk, at=JAN_5)
    deeds = Event.objects.filter(verb__in=["posted", "letter_returned"]).order_by("pk")
    assert list(deeds.values_list("verb", flat=True)) == ["posted", "letter_returned"]
    assert Sending.objects.get(channel="letter").receipt == "RR1"
