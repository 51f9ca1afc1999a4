"""Child processes that never outlive us, free ports, and the end of a log."""
import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import sys
import time

PR_SET_PDEATHSIG = 1


def spawn(command, *, log, env=None, user=None, goodbye=signal.SIGTERM):
    """Start a process in a session of its own: Ctrl-C reaches only us, who stop it in order; if we are killed it gets `goodbye` (Linux)."""
    who = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}
    log.parent.mkdir(parents=True, exist_ok=True)
    with open(log, "ab") as output:
        return subprocess.Popen(
            [str(word) for word in command],
            stdin=subprocess.DEVNULL, stdout=output, stderr=output, env=env,
            start_new_session=True, preexec_fn=_dies_with_us(goodbye), **who,
        )


def _dies_with_us(goodbye):
    if not sys.platform.startswith("linux"):
        return None
    prctl = ctypes.CDLL(None).prctl
    return lambda: prctl(PR_SET_PDEATHSIG, int(goodbye))


def stop(process, *, goodbye=signal.SIGTERM, seconds=10):
    """Ask the process to end, then make it and all its children end."""
    if process.poll() is None:
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(goodbye)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(seconds)
    kill_group(process)
    process.wait()


def kill_group(process):
    """End whatever is left of a process and its children."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)


def port_is_free(port):
    """Whether a server could listen on this port of the local machine now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def free_port():
    """A port that nobody listens on at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until(ready, *, seconds, process=None):
    """Poll `ready()` until it is true (True), the time is over or the process has ended (False)."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if ready():
            return True
        if process and process.poll() is not None:
            return False
        time.sleep(0.05)
    return False


def tail(log, lines=15):
    """The last lines of a log, for a message about what went wrong."""
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:]) if log.exists() else ""
