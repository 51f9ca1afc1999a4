"""One deadline for a whole exchange: a timeout of a single read never ends for an answer that trickles."""
import socket
import threading
from contextlib import contextmanager, suppress

from .errors import Unavailable

_mine = threading.local()  # the line on which this thread is speaking just now


def watch(line: socket.socket) -> None:
    """This is the line that the running deadline of this thread has to hang up."""
    _mine.line = line


@contextmanager
def deadline(seconds: float):
    """Hangs up the watched line after so many seconds; Unavailable when it did, whatever a line that was cut looked like."""
    _mine.line, late, talker = None, threading.Event(), _mine.__dict__
    timer = threading.Timer(seconds, _hang_up, [talker, late])
    timer.daemon = True
    timer.start()
    try:
        yield
        if late.is_set():
            raise Unavailable("deadline")
    finally:
        timer.cancel()
        _mine.line = None


def _hang_up(talker, late):
    late.set()
    line = talker.get("line")
    with suppress(OSError):
        if line is not None:
            line.shutdown(socket.SHUT_RDWR)
