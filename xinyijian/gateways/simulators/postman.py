"""Posts receipts back to the project until it says "thank you"; a thread of the simulator process."""
import threading
import time

import urllib3

from .. import http, signing
from . import store

PAUSE, LONGEST_PAUSE = 0.5, 60.0  # seconds
MOST_TRIES = 200  # about three hours


def start(url: str) -> None:
    """Begin to post to `url`, for as long as the process lives."""
    threading.Thread(target=_walk, args=[url], daemon=True, name="postman").start()


def _walk(url):
    while True:
        for row in _waiting():
            _settle(row, _post(url, row))
        time.sleep(PAUSE)


def _waiting():
    with store.opened() as rows:
        return rows.execute(
            "SELECT id, key, receipt, status, copies, tries FROM message WHERE post_after <= ? ORDER BY post_after LIMIT 50", [time.time()]
        ).fetchall()


def _post(url, row) -> bool:
    body = http.encode({"key": row["key"], "receipt": row["receipt"], "status": row["status"]})
    try:
        answers = [
            http.pool.request("POST", url, body=body, headers=_headers(url, body, row), timeout=5.0, retries=False).status
            for _ in range(row["copies"])
        ]
    except (urllib3.exceptions.HTTPError, OSError):
        return False
    return all(200 <= status < 300 for status in answers)


def _headers(url, body, row):
    return {"Content-Type": "application/json", **signing.sign(url, body, key=row["receipt"])}


def _settle(row, done):
    over = done or row["tries"] >= MOST_TRIES
    again = None if over else time.time() + min(PAUSE * 2 ** row["tries"], LONGEST_PAUSE)
    with store.opened() as rows:
        rows.execute("UPDATE message SET post_after = ?, tries = tries + 1 WHERE id = ?", [again, row["id"]])
