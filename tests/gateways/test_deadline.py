"""An answer has one deadline as a whole: whoever sends byte by byte holds up no worker, and whoever sends without end is hung up on."""
import socket
import threading
import time
from contextlib import contextmanager, suppress

import pytest

from xinyijian.gateways import Unavailable, http

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


def hear(connection):
    """A whole question, which may arrive in pieces."""
    heard = b""
    while not heard.endswith(b"\r\n\r\n{}"):
        heard += (piece := connection.recv(65536))
        if not piece:
            return


@contextmanager
def server(talk):
    """A line on which `talk(connection)` answers, however badly."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        over = threading.Event()

        def serve():
            connection, _address = listening.accept()
            with connection:
                hear(connection)
                with suppress(OSError):
                    talk(connection, over)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
        over.set()
        thread.join(5)


def trickle(start, byte):
    def talk(connection, over):
        connection.sendall(start)
        while not over.wait(0.05):
            connection.sendall(byte)

    return talk


CASES = {
    "the body": trickle(HEAD + b"Content-Length: 100000\r\n\r\n{", b" "),
    "a body without a length": trickle(HEAD + b"Connection: close\r\n\r\n{", b" "),
    "the headers": trickle(HEAD, b"X"),
    "the first line": trickle(b"HTTP/1.1 200 O", b"K"),
}


@pytest.mark.parametrize("case", CASES)
def test_an_answer_that_trickles_ends_at_the_deadline(settings, case):
    settings.GATEWAY_TIMEOUT = 0.6
    with server(CASES[case]) as url:
        begun = time.monotonic()
        with pytest.raises(Unavailable):
            http.post(url, b"{}", {})
        assert time.monotonic() - begun < 1.5


def test_a_line_that_was_cut_is_no_end_of_an_answer(settings):
    """Without a length the end of the line is the end of the answer; here it is our own hanging up."""
    settings.GATEWAY_TIMEOUT = 0.5

    def talk(connection, over):
        connection.sendall(HEAD + b"Connection: close\r\n\r\n{}")
        over.wait(3)

    with server(talk) as url, pytest.raises(Unavailable, match="deadline"):
        http.post(url, b"{}", {})


def test_an_answer_without_end_is_hung_up_on(settings):
    settings.GATEWAY_TIMEOUT = 5

    def talk(connection, over):
        connection.sendall(HEAD + b"Connection: close\r\n\r\n")
        while True:
            connection.sendall(b"x" * 65536)

    begun = time.monotonic()
    with server(talk) as url, pytest.raises(Unavailable, match="too long"):
        http.post(url, b"{}", {})
    assert time.monotonic() - begun < 3


def test_a_good_answer_leaves_the_line_open_for_the_next(settings):
    settings.GATEWAY_TIMEOUT = 2
    lines = []

    def talk(connection, over):
        for _question in range(2):
            lines.append(connection.getpeername())
            connection.sendall(HEAD + b"Content-Length: 2\r\n\r\n{}")
            connection.settimeout(2)
            hear(connection)

    with server(talk) as url:
        assert http.post(url, b"{}", {}) == http.post(url, b"{}", {}) == (200, {})
    assert len(lines) == 2 and len(set(lines)) == 1
