"""Faults on purpose: how a gateway shall misbehave, and in which share of the requests."""
import random
import time

from . import store

GATEWAYS = ("platform", "roster", "evoucher", "credit", "sms", "wechat", "email")
MODES = ("ok", "refuse", "slow", "500", "lost", "repeat")
slow_seconds = 8.0  # longer than the caller waits; set when the process starts
dawdling = set()  # requests that are being slow just now


def current() -> dict[str, dict[str, float]]:
    """{gateway: {mode: share}}; what is left of 1 goes well."""
    with store.opened() as rows:
        found = rows.execute("SELECT gateway, mode, share FROM fault").fetchall()
    return {gateway: {row["mode"]: row["share"] for row in found if row["gateway"] == gateway} for gateway in GATEWAYS}


def replace(gateway: str, shares: dict[str, float]) -> None:
    """Set the faults of one gateway anew; ValueError for an unknown name or shares beyond 1."""
    shares = {mode: float(share) for mode, share in shares.items() if mode != "ok"}
    known = gateway in GATEWAYS and set(shares) <= set(MODES)
    if not known or min(shares.values(), default=0) < 0 or sum(shares.values()) > 1.0001:
        raise ValueError("unknown gateway or mode, or shares beyond 1")
    with store.opened() as rows:
        rows.execute("DELETE FROM fault WHERE gateway = ?", [gateway])
        rows.executemany("INSERT INTO fault VALUES (?, ?, ?)", [(gateway, mode, share) for mode, share in shares.items()])


def pick(gateway: str) -> str:
    """How this one request shall end."""
    chance = random.random()
    for mode, share in current()[gateway].items():
        chance -= share
        if chance < 0:
            return mode
    return "ok"


def answer(gateway: str, do, refuse):
    """(HTTP status, body, drop the line instead of answering) of one request under the picked fault."""
    mode = pick(gateway)
    if mode == "500":
        return 500, {"error": "simulated failure"}, False
    if mode == "refuse":
        return *refuse(), False
    if mode == "slow":
        dawdle()
    status, body = do(mode)
    if mode == "repeat":  # the network delivered the request twice
        status, body = do(mode)
    return status, body, mode == "lost"


def dawdle():
    """Be slow; /health tells how many are, so that a test need not meet another test's late request."""
    mark = object()
    dawdling.add(mark)
    try:
        time.sleep(slow_seconds)
    finally:
        dawdling.discard(mark)
