"""The processes of the portal and how each is started."""
import sys
from pathlib import Path

from xinyijian.serve.supervisor import Program

BIN = Path(sys.executable).parent


def simulators(port, env):
    """The outside world of the demo: insurance platform and SMS, with a store of their own."""
    return Program("simulators", [sys.executable, "manage.py", "simulators", "--port", port], env)


def portal(port, env):
    """Web (WSGI; under ASGI Django is several times slower), one worker, one beat."""
    celery, loud = [sys.executable, "-m", "celery", "-A", "xinyijian"], ["--loglevel=INFO"]
    return [
        Program("worker", [*celery, "worker", *loud, "--concurrency=2", "--without-mingle", "--without-gossip"], env, goodbye_seconds=20),
        Program("beat", [*celery, "beat", *loud, "--schedule", f"{env['DATA_DIR']}/beat-schedule", "--pidfile", ""], env),
        Program("web", web(port), env),
    ]


def web(port):
    """Two processes with four threads each; one that dies is replaced."""
    return [
        BIN / "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", port, "--workers", "2", "--blocking-threads", "4",
        "--respawn-failed-workers", "--workers-kill-timeout", "5", "xinyijian.wsgi:application",
    ]
