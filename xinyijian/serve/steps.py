"""One line per step with its seconds; work whose input has not changed is not done again."""
import hashlib
import sys
import time
from contextlib import contextmanager


@contextmanager
def step(words):
    """Print the step with the seconds it took; on a terminal also while it runs."""
    started = time.monotonic()
    if sys.stdout.isatty():
        print(f"        …  {words}", end="\r", flush=True)
    yield
    say(words, time.monotonic() - started)


def say(words, seconds=None):
    """A line of the report, with the seconds when there are any."""
    print(f"{seconds:7.1f} s  {words}" if seconds is not None else f"           {words}", flush=True)


def fingerprint(paths):
    """sha256 over the names and contents of files; folders count with all that is in them."""
    total = hashlib.sha256()
    for path in sorted(file for start in paths for file in (start.rglob("*") if start.is_dir() else [start])):
        if path.is_file() and "__pycache__" not in path.parts:
            total.update(str(path).encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def once(stamp, paths, words, work):
    """Do `work` unless it was done for exactly these contents; True when it was done now."""
    wanted = fingerprint(paths)
    if stamp.exists() and stamp.read_text() == wanted:
        return False
    with step(words):
        work()
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(wanted)
    return True
