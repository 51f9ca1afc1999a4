"""A client that costs little beside the server: a few connections that stay open, one thread, requests written beforehand."""

import selectors
import socket
from time import perf_counter


def drive(port, requests, connections) -> float:
    """Seconds until every request was answered with 200; each connection sends its next one when the last is answered."""
    waiting, open_now = iter(requests), 0
    with selectors.DefaultSelector() as ready:
        start = perf_counter()
        for _ in range(connections):
            line = socket.create_connection(("127.0.0.1", port))
            ready.register(line, selectors.EVENT_READ, bytearray())
            line.sendall(next(waiting))
            open_now += 1
        while open_now:
            for key, _events in ready.select():
                if _complete(key.data, key.fileobj.recv(65536)):
                    key.data.clear()
                    following = next(waiting, None)
                    if following is None:
                        ready.unregister(key.fileobj)
                        key.fileobj.close()
                        open_now -= 1
                    else:
                        key.fileobj.sendall(following)
        return perf_counter() - start


def _complete(answer, part) -> bool:
    if not part:
        raise SystemExit("the server closed a connection")
    answer += part
    head, gap, body = bytes(answer).partition(b"\r\n\r\n")
    if not gap:
        return False
    if not head.startswith(b"HTTP/1.1 200"):
        raise SystemExit(f"not 200: {bytes(answer)!r}")
    length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
    return len(body) >= int(length.split(b":")[1])
