"""The processes of the portal and how each is started: here by the supervisor, in containers by docker-compose.yml."""
import sys
from pathlib import Path

from xinyijian.serve.supervisor import Program

BIN = Path(sys.executable).parent


def commands(host, port, data, inbox):
    """{name: words}; the first word is a program of the virtual environment. A test compares docker-compose.yml with this."""
    celery = ["celery", "-A", "xinyijian"]
    return {
        # WSGI: under ASGI Django is several times slower. Two processes with four threads each; one that dies is replaced.
        "web": ["granian", "--interface", "wsgi", "--host", host, "--port", str(port), "--workers", "2", "--blocking-threads", "4",
                "--respawn-failed-workers", "--workers-kill-timeout", "5", "xinyijian.wsgi:application"],
        "worker": [*celery, "worker", "--loglevel=INFO", "--concurrency=2", "--without-mingle", "--without-gossip"],
        "beat": [*celery, "beat", "--loglevel=INFO", "--schedule", f"{data}/beat-schedule", "--pidfile", ""],
        # The outside world of the demo, with a store of its own.
        "simulators": ["python", "manage.py", "simulators", "--host", host, "--port", str(inbox)],
        "migrate": prepare("owner"),
        "load": prepare("reference"),
        "demo": prepare("app"),
    }  # fmt: skip


def prepare(stage):
    """Bring the database up to date: see prepare.STAGES."""
    return ["python", "-m", "xinyijian.serve.prepare", stage]


def simulators(port, env):
    """The simulators under the supervisor."""
    return Program("simulators", here("simulators", 0, env, port), env)


def portal(port, env):
    """Web, one worker, one beat under the supervisor."""
    patience = {"worker": 20, "beat": 10, "web": 10}
    return [Program(name, here(name, port, env), env, goodbye_seconds=seconds) for name, seconds in patience.items()]


def here(name, port, env, inbox=0):
    """The command on this machine."""
    program, *words = commands("127.0.0.1", port, env.get("DATA_DIR", ""), inbox)[name]
    return [BIN / program, *words]
