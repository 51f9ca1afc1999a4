"""The simulators as the tests meet them: a real process on a free port, told apart by nothing but its address."""
import json
import os
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, contextmanager

import pytest
import urllib3

NOWHERE = "http://127.0.0.1:9/"  # the discard port: nobody listens
SLOW, PATIENCE = 2.5, 1.0  # seconds: a slow answer, and how long a test's client waits


class Simulators:
    """A running simulator process."""

    def __init__(self, url, store, smtp):
        self.url, self.store, self.smtp = url, store, smtp

    def get(self, path, **headers):
        return urllib3.request("GET", self.url + path, headers=headers, retries=False)

    def faults(self, **shares):
        """faults(sms="lost") or faults(sms={"500": 0.3})."""
        self.post_json("faults/", dict.fromkeys(("platform", "roster", "evoucher", "credit", "sms", "wechat", "email"), "ok") | shares)

    def post_json(self, path, content):
        headers = {"Content-Type": "application/json"}
        answer = urllib3.request("POST", self.url + path, body=json.dumps(content), headers=headers, retries=False)
        assert answer.status == 200, answer.data
        return answer.json()

    def insure(self, *persons, **more):
        """Let the platform know these people of the town."""
        names = ("psn_no", "name", "cert_type", "cert_number", "sex", "region_id", "insutype", "psn_type")
        self.post_json("people/", [{n: getattr(p, n) for n in names} | {"born_on": p.born_on.isoformat()} | more for p in persons])

    def voucher(self, psn_no, seconds=60):
        """A fresh e-voucher code of hers; with fewer seconds than 0 one that is too old."""
        return self.post_json(f"people/{psn_no}/voucher/", {"seconds": seconds})["code"]

    def grade(self, psn_no, grade):
        """What the credit subsystem says of her from now on; "" is not rated."""
        urllib3.request("POST", self.url + f"people/{psn_no}/grade/", fields={"grade": grade}, redirect=False)

    def messages(self, ending=""):
        return self.get(f"inbox/?format=json&q={ending}").json()["messages"]

    def rows(self, sql):
        """What stands in the simulators' own store."""
        store = sqlite3.connect(self.store)
        try:
            return store.execute(sql).fetchall()
        finally:
            store.close()


@contextmanager
def running(folder, portal=NOWHERE):
    """Start the process, wait until it answers, end it."""
    with socket.socket() as free, socket.socket() as other:
        free.bind(("127.0.0.1", 0))
        other.bind(("127.0.0.1", 0))
        port, smtp = free.getsockname()[1], other.getsockname()[1]
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "xinyijian.settings", "DATA_DIR": str(folder)}
    ports = ["--port", str(port), "--smtp-port", str(smtp)]
    command = [sys.executable, "manage.py", "simulators", *ports, "--slow", str(SLOW), "--portal", portal]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    simulators = Simulators(f"http://127.0.0.1:{port}/", folder / "simulators.sqlite3", smtp)
    try:
        _wait(simulators, process)
        yield simulators
    finally:
        process.terminate()
        process.wait(10)


def _wait(simulators, process):
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if simulators.get("health").status == 200:
                return
        except urllib3.exceptions.HTTPError:
            time.sleep(0.05)
    raise RuntimeError("the simulators did not start")


@pytest.fixture(scope="session")
def simulator_process(tmp_path_factory):
    with running(tmp_path_factory.mktemp("simulators")) as simulators:
        yield simulators


@pytest.fixture
def simulators(simulator_process, settings):
    """The simulators behind all gateways, all well and empty."""
    point_at(settings, simulator_process)
    return emptied(simulator_process)


def emptied(simulators):
    """All well, nobody waited for, and nothing in the store."""
    simulators.faults()
    while simulators.get("health").json()["slow"]:
        time.sleep(0.1)
    with closing(sqlite3.connect(simulators.store)) as store, store:
        store.executescript("DELETE FROM filing; DELETE FROM message; DELETE FROM voucher; DELETE FROM asked")
    return simulators


def point_at(settings, simulators):
    """Let every gateway speak to this process."""
    settings.PLATFORM_URL, settings.SMS_URL = simulators.url + "platform/", simulators.url + "sms/"
    settings.CREDIT_URL, settings.WECHAT_URL = simulators.url + "credit/", simulators.url + "wechat/"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", simulators.smtp, False
    settings.OIDC_ISSUER = simulators.url + "sign-on"
    settings.GATEWAY_TIMEOUT = PATIENCE
