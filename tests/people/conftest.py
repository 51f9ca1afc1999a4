"""Somebody who reads what the text-message operator delivers, and browsers at different addresses."""
import re
import threading

import pytest
from django.test import Client

from tests.law import law
from xinyijian.people import ceilings

__all__ = ["law"]


class Inbox:
    """What the operator has taken."""

    def __init__(self, simulators):
        self.simulators = simulators

    def messages(self, phone):
        """The texts to that phone, oldest first, once nobody is sending any more."""
        for thread in threading.enumerate():
            if thread.name == "sign-in-code":
                thread.join(30)
        return [message["text"] for message in reversed(self.simulators.messages(phone))]

    def code(self, phone):
        """The newest code sent to that phone."""
        return re.findall(r"\b\d{6}\b", self.messages(phone)[-1])[0]


@pytest.fixture(autouse=True)
def a_fresh_hour_at_the_first_address():
    """What an address has tried in this hour outlives a test."""
    ceilings.forget("voucher 192.0.2.1")


@pytest.fixture
def inbox(simulators):
    """The operator's inbox; the portal sends there."""
    return Inbox(simulators)


@pytest.fixture
def visitor():
    """A browser from some address."""
    return lambda address="192.0.2.1": Client(REMOTE_ADDR=address)
