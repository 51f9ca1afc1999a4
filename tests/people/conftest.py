"""The simulated text-message operator as a process of its own, and somebody who reads what arrives."""
import os
import re
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from django.conf import settings as portal
from django.test import Client


class Inbox:
    """What the operator has taken."""

    def __init__(self, folder):
        self.folder = folder

    def messages(self, phone):
        """The texts to that phone, oldest first, once nobody is sending any more."""
        for thread in threading.enumerate():
            if thread.name == "sign-in-code":
                thread.join(20)
        with sqlite3.connect(self.folder / "simulators.sqlite3") as store:
            return [text for text, in store.execute("SELECT text FROM message WHERE phone = ? ORDER BY id", [phone])]

    def code(self, phone):
        """The newest code sent to that phone."""
        return re.findall(r"\b\d{6}\b", self.messages(phone)[-1])[0]


@pytest.fixture(scope="session")
def operator(tmp_path_factory):
    """(folder, address) of a running simulator process; ended by its own process id."""
    folder = tmp_path_factory.mktemp("simulators")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    env = os.environ | {"DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "xinyijian.settings"}
    command = [sys.executable, "manage.py", "simulators", "--port", str(port), "--receipts-to", "http://127.0.0.1:9/"]
    process = subprocess.Popen(command, cwd=portal.BASE_DIR, env=env)
    _wait_for(port)
    yield Path(folder), f"http://127.0.0.1:{port}/"
    process.terminate()
    process.wait(10)


def _wait_for(port):
    for _ in range(200):
        with socket.socket() as caller:
            if caller.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("the simulators did not start")


@pytest.fixture
def inbox(operator, settings):
    """The operator's inbox; the portal sends there."""
    folder, address = operator
    settings.SMS_URL = address + "sms/"
    with sqlite3.connect(folder / "simulators.sqlite3") as store:
        store.execute("DELETE FROM message")
    return Inbox(folder)


@pytest.fixture
def visitor():
    """A browser from some address."""
    return lambda address="192.0.2.1": Client(REMOTE_ADDR=address)
