"""Real processes beside the test: workers, sweeps, servers. All are killed at its end."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from django.conf import settings
from django.db import connection

from xinyijian.serve.processes import spawn

ROOT = Path(__file__).resolve().parents[2]
SETTLE = """
import os, django
from django.conf import settings
settings.DATABASES["default"] |= {"NAME": os.environ["CHILD_DATABASE"], "OPTIONS": {"assume_role": settings.DATABASE_APP_ROLE}}
settings.CELERY_BROKER_URL = settings.REDIS_URL = settings.CACHES["default"]["LOCATION"] = os.environ["CHILD_REDIS"]
django.setup()
"""
WORKER = """
from xinyijian.casework import clock
clock.BATCH = {batch}
from xinyijian.celery import app
app.worker_main(["worker", "--pool=solo", "--without-mingle", "--without-gossip", "--loglevel=WARNING"])
"""


def environment(**more) -> dict:
    """That of a process which works in this test's database; its broker is a Redis database of its own."""
    own = {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "PYTHONPATH": str(ROOT),
        "CHILD_DATABASE": connection.settings_dict["NAME"],
        "CHILD_REDIS": broker_url(),
        "PLATFORM_URL": settings.PLATFORM_URL,
        "SMS_URL": settings.SMS_URL,
        "GATEWAY_TIMEOUT": str(settings.GATEWAY_TIMEOUT),
        "SECRET_KEY": settings.SECRET_KEY,
    }
    return os.environ | own | more


def broker_url() -> str:
    """The test run's Redis, eight databases on."""
    address, number = settings.REDIS_URL.rsplit("/", 1)
    return f"{address}/{int(number) + 8}"


class Children(list):
    """The processes of one test, and what they say."""

    def __init__(self, folder):
        self.folder = folder

    def python(self, code, **more) -> subprocess.Popen:
        """Start Python with this code, in this test's database and as its restricted role."""
        log = self.folder / f"{len(self)}.log"
        self.append(spawn([sys.executable, "-c", SETTLE + code], log=log, env=environment(**more), goodbye=signal.SIGKILL))
        return self[-1]

    def last_word(self, process, seconds=60) -> str:
        """The last line that the process prints, once it has ended well."""
        assert process.wait(seconds) == 0, self.text(process)
        return self.text(process).splitlines()[-1]

    def text(self, process) -> str:
        return (self.folder / f"{self.index(process)}.log").read_text()

    def worker(self, batch) -> subprocess.Popen:
        """A Celery worker whose clock takes so many cases at once."""
        return self.python(WORKER.format(batch=batch))

    def end(self):
        for process in self:
            kill(process)


def kill(process):
    """SIGKILL by its number, and wait until it is gone."""
    if process.poll() is None:
        os.kill(process.pid, signal.SIGKILL)
    process.wait()


def until(true, seconds=30, pause=0.002):
    """Wait until it is true; fail when it does not come true in time."""
    end = time.monotonic() + seconds
    while not (answer := true()):
        assert time.monotonic() < end, f"not within {seconds} s"
        time.sleep(pause)
    return answer
