"""The access matrix: who gets what at every address, reading and sending. docs/access.md is its record: what changes there is a decision.

`WRITE_ACCESS=1 script/test tests/security/test_matrix.py` writes it anew.
"""

import os
from pathlib import Path

import pytest

from . import addresses, things
from .asking import INLINE, Asker, Pen, check_headers
from .cast import actors

__all__ = ["actors"]

RECORD = Path(__file__).resolve().parents[2] / "docs" / "access.md"
ROLES = {  # column: who it is; what names nothing is asked by these
    "anonymous": "nobody signed in", "stranger": "another insured person", "clerk": "a clerk of her county",
    "officer": "an officer of her county", "counter": "the counter of her county", "expert": "a review expert",
    "hospital_a": "insurance office of hospital A", "physician": "a physician of hospital A",
    "hospital_admin": "administrator of hospital A", "pharmacist": "staff of a pharmacy", "banker": "staff of a bank",
    "auditor": "the auditor", "system_admin": "system administrator", "security_admin": "security administrator",
    "audit_admin": "audit administrator", "root": "superuser",
}
ACTORS = ROLES | {  # what belongs to somebody is asked by these too
    "mother": "the patient", "lan": "a relative with a grant", "revoked": "a relative whose grant was revoked",
    "expired": "a relative whose grant has ended", "elsewhere": "a clerk of another county",
    "hospital_b": "insurance office of hospital B", "hospital_admin_b": "administrator of hospital B",
}
FEW = ("anonymous", "stranger", "clerk", "root")  # ask what is for everybody, and for machines only
NEAREST = ("stranger", "elsewhere")  # those that come nearest: another patient, another county's clerk
FOREIGN = (*NEAREST, "revoked", "expired", "hospital_b", "expert", "system_admin")
OWNERS = [name for name in ACTORS if name not in ("physician", "pharmacist", "banker", "audit_admin")]  # who might own a thing, or see it
MARKS = {200: "✓", 201: "✓", 301: "→", 302: "→", 400: "!", 401: "key", 403: "✗", 404: "·", 405: "–", 409: "!", 422: "!", 429: "!"}
STEPS = ("anonymous", "stranger", "elsewhere", "mother", "lan", "clerk", "officer", "counter", "auditor", "root")
ENDS_THE_SESSION = ("/sign-out/", "/health")  # the second answers for the machine, not for the reader


@pytest.fixture
def ask(actors, monkeypatch):
    """ask(name, address, methods): the mark of each answer; the POST is empty."""
    askers = {name: Asker(getattr(actors, name, None)) for name in ACTORS}
    pen, drawn, missing = Pen(monkeypatch), set(), set()

    def asked(name, address, methods=("GET", "POST")):
        found = []
        for method in methods:
            pen.down = (method, address) not in drawn
            answer = askers[name].ask(method, address)
            found.append(MARKS.get(answer.status_code) or pytest.fail(f"{name} {method} {address}: {answer.status_code}"))
            if address.startswith("/api/v1/"):
                continue
            check_headers(answer, address)
            if answer.status_code == 404 and not address.startswith("/v/"):
                missing.add(answer.content)
            elif answer.status_code < 300 and pen.down:
                drawn.add((method, address))
                assert "html" not in answer.headers["Content-Type"] or not INLINE.search(answer.content.decode()), address
        return " ".join(found)

    yield asked
    assert len(missing) == 1, "whatever is not there, or not hers, is answered by one page"


def table(rows, columns) -> str:
    """{address: {column: marks}} for people."""
    lines = [f"| `{path}` | " + " | ".join(row.values()) + " |" for path, row in rows.items()]
    return "\n".join(["| address | " + " | ".join(columns) + " |", "|---" * (len(columns) + 1) + "|", *lines]) + "\n"


def keep(name, text):
    """This part of the record is as it was written, or is written anew."""
    start, end = f"<!-- {name} -->\n", f"<!-- end of {name} -->\n"
    before, _start, rest = RECORD.read_text(encoding="utf-8").partition(start)
    recorded, _end, after = rest.partition(end)
    if os.environ.get("WRITE_ACCESS") == "1":
        RECORD.write_text(before + start + text + end + after, encoding="utf-8")
    else:
        assert text == recorded, "WRITE_ACCESS=1 writes docs/access.md; look at its diff"


def test_every_address_is_listed_and_every_listed_one_is_there():
    found, listed = addresses.routes(), addresses.LISTED
    assert not set(found) - set(listed), "decide who may see these and list them in addresses.py"
    assert not set(listed) - set(found), "these are gone"
    assert len(listed) == len(set(listed))


def test_the_record_names_everybody():
    keep("actors", "".join(f"- **{name}**: {words}\n" for name, words in ACTORS.items()))


def test_what_is_for_everybody_and_what_is_for_machines_only(ask):
    public = {f"/{route}": f"/{route}" for route in (*addresses.PUBLIC, *addresses.READ_ONLY, *addresses.DEMO) if "<" not in route}
    public |= {f"/{route}": f"/{route[: route.index('<')]}{good}/" for route, (good, _none) in things.PUBLIC.items()}
    machines = {f"/{route}": f"/{route}" for route in addresses.SIGNATURE}
    machines |= {f"/{route}": addresses.machine_address(route) for route in addresses.MACHINES_OF_CASE}
    rows = {shown: {name: ask(name, real) for name in FEW}
            for shown, real in (public | machines).items() if shown not in ENDS_THE_SESSION}
    assert all("key" in mark or "–" in mark for shown in machines for mark in rows[shown].values() if shown != "/api/v1/token/")
    keep("everybody", table(dict(sorted(rows.items())), FEW))


@pytest.mark.req("S3.32")
def test_a_page_that_names_nothing_opens_for_the_roles_of_the_record(ask):
    own = [path for path in addresses.plain() if path[1:] not in addresses.FOR_ALL and not path.startswith("/admin/")]
    rows = {path: {name: ask(name, path) for name in ROLES} for path in sorted(own)}
    assert len(rows) > 45 and {mark for row in rows.values() for mark in row["anonymous"].split()} == {"→"}
    keep("pages", table(rows, ROLES))


@pytest.mark.req("S3.32")
def test_what_belongs_to_somebody_does_not_exist_for_anybody_else(ask, actors):
    of_things = things.addresses_of(actors, things.made(actors))
    marked = {route for route in addresses.LISTED if "<" in route and not route.startswith("admin/")}
    assert set(of_things) == marked - set(things.PUBLIC) - set(addresses.MACHINES_OF_CASE), "make one of these in things.py"
    rows, steps = {}, {}
    for route, found in of_things.items():
        one_by_one = route.startswith(things.ONE_BY_ONE)
        kind, columns, methods = (steps, STEPS, ["POST"]) if one_by_one else (rows, OWNERS, ["GET", "POST"])
        for shown, real, nothing in found:
            row = kind[shown] = {name: ask(name, real, methods) for name in columns}
            assert set(row["anonymous"].split()) <= {"→", "–"}, shown
            for name in FOREIGN:
                if name in NEAREST or set(row.get(name, "·").split()) - {"·", "–"}:  # what she is told, she is told of nothing too
                    assert ask(name, nothing, methods) == row[name], (name, shown)
    assert len(rows) > 30 and len(steps) > 45
    keep("things", table(dict(sorted(rows.items())), OWNERS))
    keep("steps", table(dict(sorted(steps.items())), STEPS))
