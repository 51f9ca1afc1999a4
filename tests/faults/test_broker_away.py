"""Without the broker pages still work: a step is done in the database, and the sweep that comes later does the rest."""

import json
import socket
import threading

import pytest

from remote_care.models import Filing
from tests import filings
from xinyijian.casework.business_time import business_now
from xinyijian.casework.models import Errand

pytestmark = pytest.mark.django_db(transaction=True)
SECONDS = 2
PRESS = """
import json, sys, time
from django.test import Client
from xinyijian.people.models import User
client = Client()
client.force_login(User.objects.get(username="clerk"), backend="django.contrib.auth.backends.ModelBackend")
client.get("/desk/")
began = time.monotonic()
answer = client.post("/cases/{number}/accept/")
print(json.dumps([answer.status_code, time.monotonic() - began]))
"""


@pytest.fixture
def filing(committed_town):
    return filings.submitted(committed_town, at=business_now(), papers=filings.FULL)


@pytest.fixture
def silent():
    """A server that takes connections and never says a word: the address of a Redis that hangs."""
    listening, taken = socket.create_server(("127.0.0.1", 0)), []

    def take():
        try:
            while True:
                taken.append(listening.accept())
        except OSError:
            return

    thread = threading.Thread(target=take)
    thread.start()
    yield f"redis://127.0.0.1:{listening.getsockname()[1]}/0"
    listening.shutdown(socket.SHUT_RDWR)
    listening.close()
    thread.join(5)
    [one.close() for one, _address in taken]


def press(children, filing, url):
    """Status and seconds of a clerk's press in a web process whose broker is at `url`."""
    process = children.python(PRESS.format(number=filing.number), CHILD_REDIS=url)
    return json.loads(children.last_word(process))


def test_a_step_is_done_while_nobody_listens_at_the_brokers_address(filing, children):
    status, seconds = press(children, filing, "redis://127.0.0.1:9/0")
    assert (status, Filing.objects.get(pk=filing.pk).status) == (302, "accepted") and seconds < SECONDS
    assert Errand.objects.get(docket=filing.docket_id).done_at is None  # it waits for the next sweep


def test_a_step_is_done_while_the_broker_hangs(filing, children, silent):
    status, seconds = press(children, filing, silent)
    assert (status, Filing.objects.get(pk=filing.pk).status) == (302, "accepted") and seconds < SECONDS
