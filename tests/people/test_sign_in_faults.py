"""Codes when the text-message operator has a bad day, and when several browsers try at once."""
import threading

import pytest
from django.db import connection
from django.utils import timezone

from tests.town import build
from xinyijian.people import codes

PHONE_OF_LAN = "19900000200"


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr(codes, "PAUSES", (0, 0.1, 0.1))


@pytest.mark.parametrize("fault, arrive", [("ok", 1), ("refuse", 0), ("slow", 1), ("500", 0), ("lost", 1), ("repeat", 1)])
def test_whatever_the_operator_does_at_most_one_message_comes(town, inbox, quick, visitor, fault, arrive):
    assert town.lan_person.phone == PHONE_OF_LAN
    inbox.simulators.faults(sms=fault)
    answer = visitor().post("/sign-in/", {"phone": PHONE_OF_LAN})
    assert (answer.status_code, answer.url) == (302, "/sign-in/code/")  # the page never waits for the operator
    texts = inbox.messages(PHONE_OF_LAN)
    inbox.simulators.faults()
    assert len(texts) == arrive


def test_a_moment_of_trouble_is_bridged(town, inbox, monkeypatch):
    monkeypatch.setattr(codes, "PAUSES", (0, 1.5))
    inbox.simulators.faults(sms="500")
    codes.ask(PHONE_OF_LAN, "192.0.2.1", timezone.now())
    threading.Event().wait(0.7)
    inbox.simulators.faults()
    assert len(inbox.messages(PHONE_OF_LAN)) == 1


def at_once(deed, times):
    """What `times` threads with their own connections bring home."""
    gate, brought = threading.Barrier(times), []

    def run():
        gate.wait()
        try:
            brought.append(deed())
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return brought


@pytest.mark.pg15
@pytest.mark.django_db(transaction=True)
def test_ten_browsers_with_the_right_code_get_in_once(inbox):
    build()
    token = codes.ask(PHONE_OF_LAN, "192.0.2.1", timezone.now())
    code = inbox.code(PHONE_OF_LAN)
    brought = at_once(lambda: codes.redeem(token, code, timezone.now()), 10)
    assert len([digest for digest in brought if digest]) == 1 and len(brought) == 10


@pytest.mark.pg15
@pytest.mark.django_db(transaction=True)
def test_ten_guesses_at_once_are_still_five_tries(inbox):
    build()
    token = codes.ask(PHONE_OF_LAN, "192.0.2.1", timezone.now())
    code = inbox.code(PHONE_OF_LAN)
    wrong = f"{(int(code) + 1) % 10**6:06}"
    assert at_once(lambda: codes.redeem(token, wrong, timezone.now()), 10) == [None] * 10
    assert codes.redeem(token, code, timezone.now()) is None
    assert codes.OneTimeCode.objects.get().tries == codes.TRIES


@pytest.mark.pg15
@pytest.mark.django_db(transaction=True)
def test_ten_requests_at_once_send_one_message(inbox):
    build()

    def ask():
        try:
            return codes.ask(PHONE_OF_LAN, "192.0.2.1", timezone.now())
        except codes.ValidationError as error:
            return error.code

    assert at_once(ask, 10).count("too_soon") == 9
    assert len(inbox.messages(PHONE_OF_LAN)) == 1
