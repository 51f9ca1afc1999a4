"""The portal as it runs at a bureau, for the browser: web, worker and simulators as processes of their own, on a database of their own.

Other tests empty the test database between two clicks; this one belongs to the browser tests of this pytest process alone.
"""
import fcntl
import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from datetime import date, datetime, time, timedelta
from urllib.parse import quote
from zoneinfo import ZoneInfo

import psycopg2
import redis
import urllib3
import yaml
from django.conf import settings

from xinyijian.serve import programs
from xinyijian.serve.assets import collect_static
from xinyijian.serve.places import ROOT, data_folder
from xinyijian.serve.processes import free_port, wait_until
from xinyijian.serve.supervisor import Supervisor

SHANGHAI = ZoneInfo("Asia/Shanghai")
LOAD = """import django; django.setup()
from django.core.management import call_command
for name in ("load_people", "load_calendar", "load_policies"): call_command(name)"""
EMPTIED = ("casework_", "remote_care_", "family_", "data_rights_", "care_", "people_onetimecode", "axes_", "django_session", "audit_event")


class Stack:
    """The running portal: `url`, `inbox`, and `begin()` before each walk."""

    def __init__(self, folder, database, redis_url):
        self.folder, self.database, self.redis_url, self.shows_demo = folder, database, redis_url, False
        self.port, self.simulated, self.smtp = str(free_port()), str(free_port()), str(free_port())
        self.url, self.inbox = f"http://127.0.0.1:{self.port}/", f"http://127.0.0.1:{self.simulated}/inbox/"

    def environment(self):
        """What the processes read; they are the application's role, as everywhere."""
        outside = self.inbox.removesuffix("inbox/")
        return {name: value for name, value in os.environ.items() if name != "TEST_DATABASE"} | {
            "DJANGO_SETTINGS_MODULE": "xinyijian.settings", "DATA_DIR": str(self.folder), "DATABASE_URL": self.database_url(),
            "REDIS_URL": self.redis_url, "SITE_URL": self.url, "SIMULATORS_URL": outside,
            "PLATFORM_URL": f"{outside}platform/", "SMS_URL": f"{outside}sms/", "EMAIL_PORT": self.smtp, "PYTHONUNBUFFERED": "1",
            "PGOPTIONS": f"-c role={settings.DATABASE_APP_ROLE}",
        }

    def database_url(self):
        given = settings.DATABASES["default"]
        user = ":".join(quote(part, safe="") for part in (given["USER"], given["PASSWORD"]) if part)
        port = f":{given['PORT']}" if given["PORT"] else ""
        return f"postgresql://{user}@{quote(given['HOST'], safe='')}{port}/{self.database}"

    def run(self, *words):
        """Python with these words in the portal's environment; its output is shown when it fails."""
        done = subprocess.run([sys.executable, *words], cwd=ROOT, env=self.environment(), capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr

    def sql(self, text, *values):
        """As the owner; the rows, if there are any."""
        with closing(psycopg2.connect(self.database_url())) as connection, connection, connection.cursor() as cursor:
            cursor.execute(text, values)
            return cursor.fetchall() if cursor.description else []

    def begin(self, *, demo=False):
        """A quiet working morning: the people are there, no case is open, the inbox is empty. `demo`: with the demo's cases, made once."""
        self.sql("UPDATE people_authenticator SET last_step = 0")  # as if half a minute had gone by since the last walk
        if demo and self.shows_demo:
            return
        self.shows_demo = demo
        tables = [name for name, in self.sql("SELECT tablename FROM pg_tables WHERE schemaname = 'public'") if name.startswith(EMPTIED)]
        self.sql(f"TRUNCATE {', '.join(tables)} CASCADE")
        ahead = working_morning(datetime.now(SHANGHAI)) - datetime.now(SHANGHAI)
        self.sql("INSERT INTO casework_democlock (id, seconds_ahead) VALUES (1, %s)", int(ahead.total_seconds()))
        with closing(sqlite3.connect(self.folder / "simulators.sqlite3", timeout=10)) as store, store:
            store.executescript("DELETE FROM filing; DELETE FROM message")
        if demo:
            self.run("manage.py", "demo")

    def messages(self, phone):
        """What the simulated operator has taken for this phone, newest first."""
        return [message["text"] for message in urllib3.request("GET", f"{self.inbox}?format=json&q={phone}").json()["messages"]]

    def message(self, phone, words, *, seconds=10):
        """The newest message to this phone in which the words stand; waits for it."""

        def found():
            return next((text for text in self.messages(phone) if re.search(words, text)), None)

        assert wait_until(found, seconds=seconds), f"no message with {words!r} to {phone}: {self.messages(phone)}"
        return found()


@contextmanager
def running(folder, database, redis_url, template):
    """Everything from nothing to a portal that answers, and back to nothing; `template` is a migrated database that nobody uses."""
    stack = Stack(folder, database, redis_url)
    redis.from_url(redis_url).flushdb()
    with _database(stack, template):
        _prepare(stack)
        supervisor = Supervisor(folder / "log")
        try:
            _start(stack, supervisor)
            yield stack
        finally:
            supervisor.stop()


@contextmanager
def _database(stack, template):
    url = stack.database_url().rsplit("/", 1)[0] + "/postgres"
    with closing(psycopg2.connect(url)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [template])
            cursor.execute(f'DROP DATABASE IF EXISTS "{stack.database}" WITH (FORCE)')
            cursor.execute(f'CREATE DATABASE "{stack.database}" TEMPLATE "{template}"')
            yield
            cursor.execute(f'DROP DATABASE IF EXISTS "{stack.database}" WITH (FORCE)')


def _prepare(stack):
    (stack.folder / "log").mkdir()
    kept = data_folder() / "browser"  # static files are compressed once, not once a run
    kept.mkdir(exist_ok=True)
    with open(kept / "lock", "w") as lock:  # two processes of one run begin at the same time
        fcntl.flock(lock, fcntl.LOCK_EX)
        collect_static(kept, stack.environment() | {"DATA_DIR": str(kept)})
    (stack.folder / "staticfiles").symlink_to(kept / "staticfiles")
    stack.run("-c", LOAD)


def _start(stack, supervisor):
    environment = stack.environment()
    supervisor.start(programs.simulators(stack.simulated, environment))
    for program in programs.portal(stack.port, environment):
        if program.name != "beat":  # what happens at once must not need the next sweep
            supervisor.start(program)
    assert wait_until(lambda: _answers(stack), seconds=60), f"the portal did not start; look at {stack.folder / 'log'}"


def _answers(stack):
    """Web and simulators answer, and the worker has taken a task (whatever beat, which does not run here)."""
    try:
        health = urllib3.request("GET", f"{stack.url}health", retries=False).json()
        return health["database"]["ok"] and urllib3.request("GET", stack.inbox, retries=False).status == 200
    except urllib3.exceptions.HTTPError:
        return False


def working_morning(now: datetime) -> datetime:
    """Nine o'clock on the first working day that is still to begin."""
    days = yaml.safe_load((ROOT / "fixtures/calendar.yaml").read_text(encoding="utf-8"))
    mornings = (datetime.combine(now.date() + timedelta(days=ahead), time(9), SHANGHAI) for ahead in range(30))
    return next(morning for morning in mornings if morning > now and _works(morning.date(), days.get(morning.year, {})))


def _works(day: date, year: dict) -> bool:
    return day in (year.get("makeup") or {}) or (day.weekday() < 5 and day not in (year.get("holidays") or {}))
