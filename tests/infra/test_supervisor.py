"""The supervisor starts again what dies, gives up when the database dies, and leaves nothing behind."""
import os
import signal
import subprocess
import sys
import time
from types import SimpleNamespace

import pytest
import redis

from xinyijian.serve.places import ROOT
from xinyijian.serve.processes import spawn, stop, wait_until
from xinyijian.serve.server import look_after
from xinyijian.serve.supervisor import LONGEST_PAUSE, STEADY, Program, ServerDied, Supervisor
from xinyijian.serve.valkey import Valkey

SLEEPER = [sys.executable, "-c", "import time; time.sleep(60)"]
PARENT = "import subprocess, sys, time; c = subprocess.Popen(['sleep', '60']); print(c.pid, flush=True); time.sleep(60)"


@pytest.fixture
def supervisor(tmp_path):
    supervisor = Supervisor(tmp_path)
    yield supervisor
    supervisor.stop()


@pytest.fixture
def sleeper(supervisor):
    program = Program("sleeper", SLEEPER, dict(os.environ))
    supervisor.start(program)
    return program


def kill(program):
    os.kill(program.process.pid, signal.SIGKILL)
    program.process.wait()


def test_a_killed_program_is_started_again_after_a_pause(supervisor, sleeper):
    first, now = sleeper.process.pid, time.monotonic()
    kill(sleeper)
    supervisor.watch(now=lambda: now)
    assert sleeper.process is None
    supervisor.watch(now=lambda: now + 1)
    assert sleeper.process.pid != first


def test_the_pause_doubles_up_to_a_limit_while_it_keeps_dying(supervisor, sleeper):
    pauses = []
    for _ in range(8):
        now = sleeper.started_at
        kill(sleeper)
        supervisor.look_after(sleeper, now)
        pauses.append(sleeper.start_again_at - now)
        supervisor.start(sleeper)
    assert pauses == [1, 2, 4, 8, 16, LONGEST_PAUSE, LONGEST_PAUSE, LONGEST_PAUSE]


def test_a_program_that_ran_well_for_long_is_started_again_soon(supervisor, sleeper):
    sleeper.deaths = 5
    kill(sleeper)
    supervisor.look_after(sleeper, sleeper.started_at + STEADY + 1)
    assert sleeper.deaths == 1


def test_the_death_of_a_server_ends_everything_with_the_end_of_its_log(tmp_path):
    (tmp_path / "postgres.log").write_text("PANIC: no space left")
    server = SimpleNamespace(process=subprocess.Popen(["false"]), log=tmp_path / "postgres.log")
    server.process.wait()
    with pytest.raises(ServerDied, match="PostgreSQL ended by itself.*\n.*no space left"):
        Supervisor(tmp_path, {"PostgreSQL": server}).watch()


def test_valkey_that_ends_is_started_again_at_its_old_address(tmp_path):
    valkey = Valkey(tmp_path / "valkey", log=tmp_path / "log" / "valkey.log", password="demo").start()
    supervisor = look_after(SimpleNamespace(folder=tmp_path, started={"Valkey": valkey}))
    try:
        redis.Redis.from_url(valkey.url).shutdown(nosave=True)
        valkey.process.wait(10)
        now = time.monotonic()
        supervisor.watch(now=lambda: now)
        assert not valkey.answers()
        supervisor.watch(now=lambda: now + 1)
        assert wait_until(valkey.answers, seconds=10)
    finally:
        supervisor.stop()
    assert not valkey.answers()


def test_stopping_ends_children_of_children_too(tmp_path):
    process = spawn([sys.executable, "-c", PARENT], log=tmp_path / "log")
    assert wait_until(lambda: (tmp_path / "log").read_text().strip(), seconds=10)
    grandchild = int((tmp_path / "log").read_text())
    stop(process)
    assert wait_until(lambda: gone(grandchild), seconds=5)


def test_a_deaf_program_is_killed_after_its_time(tmp_path):
    deaf = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"
    process = spawn([sys.executable, "-c", deaf], log=tmp_path / "log")
    assert wait_until(lambda: (tmp_path / "log").read_text(), seconds=10)
    stop(process, seconds=0.2)
    assert process.returncode == -signal.SIGKILL


def test_when_we_are_killed_our_children_end(tmp_path):
    code = (
        "from pathlib import Path; import time; from xinyijian.serve.processes import spawn;"
        f"print(spawn(['sleep', '60'], log=Path({str(tmp_path / 'log')!r})).pid, flush=True); time.sleep(60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, cwd=ROOT)
    child = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    assert wait_until(lambda: gone(child), seconds=5)


def gone(pid):
    """Whether the process has ended (a zombie that nobody has waited for counts as ended)."""
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rpartition(")")[2].split()[0] in "ZX"
    except FileNotFoundError:
        return True
