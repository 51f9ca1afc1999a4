"""The access matrix: every actor at every address. docs/access.md is its record; whatever changes there is a decision, seen in a diff.

`WRITE_ACCESS=1 script/test tests/security/test_matrix.py` writes it anew.
"""

import os
from pathlib import Path

import pytest
from django.test import Client

from tests.remote_care.walking import browser

from . import addresses
from .cast import actors, in_force_with_a_gap

__all__ = ["actors"]

RECORD = Path(__file__).resolve().parents[2] / "docs" / "access.md"
ACTORS = {  # column: who it is
    "anonymous": "nobody signed in", "mother": "the patient", "lan": "a relative with a grant",
    "revoked": "a relative whose grant was revoked", "expired": "a relative whose grant has ended",
    "stranger": "another insured person", "clerk": "a clerk of her county",
    "elsewhere": "a clerk of another county", "officer": "an officer of her county", "counter": "the counter of her county",
    "expert": "a review expert", "hospital_a": "insurance office of hospital A", "hospital_b": "insurance office of hospital B",
    "hospital_admin": "administrator of hospital A", "physician": "a physician", "pharmacist": "staff of a pharmacy",
    "banker": "staff of a bank", "auditor": "the auditor", "system_admin": "system administrator",
    "security_admin": "security administrator", "audit_admin": "audit administrator", "root": "superuser",
}
MARKS = {200: "✓", 301: "→", 302: "→", 400: "!", 401: "key", 403: "✗", 404: "·", 405: "post", 409: "!", 422: "!"}
HEAD = """# Who may open what

Made by `tests/security/test_matrix.py`; do not edit. Each cell is what a GET answers.

✓ a page · → sent on (to the door, or where she belongs) · · there is no such page for her (404) · ✗ not hers (403) ·
`post`: nothing to be read · `key`: machines with a key only · ! it wants something first

"""
# Left out as well: the admin's pages for adding, which ask the same as its lists (test_reach.py asks them).
LEFT_OUT = ("/sign-out/", "/health")  # the one ends what we ask with; the other answers for the machine, not for the reader
NOBODY_READS = ("revoked", "expired", "stranger", "elsewhere", "expert", "hospital_a", "hospital_b", "hospital_admin",
                "physician", "pharmacist", "banker", "system_admin", "security_admin", "audit_admin")


@pytest.fixture
def matrix(actors):
    """{address as it is declared: {actor: status of a GET}}: every address without a name in it, and those of one case."""
    filing = in_force_with_a_gap(actors)
    of_case = [f"/{route}" for route in addresses.CASE if route.count("<") == 1 and "number" in route]
    asked = {path: path for path in addresses.plain() if path not in LEFT_OUT and not path.endswith("/add/")}
    asked |= {path: path.replace("<str:number>", filing.number) for path in of_case}
    clients = {name: Client() if name == "anonymous" else browser(getattr(actors, name)) for name in ACTORS}
    return {shown: {name: client.get(path).status_code for name, client in clients.items()}
            for shown, path in asked.items()}


def as_text(matrix) -> str:
    """docs/access.md."""
    who = "".join(f"- **{name}**: {words}\n" for name, words in ACTORS.items())
    lines = [f"| `{path}` | " + " | ".join(MARKS[status] for status in row.values()) + " |" for path, row in sorted(matrix.items())]
    table = ["| address | " + " | ".join(ACTORS) + " |", "|---" * (len(ACTORS) + 1) + "|", *lines]
    return HEAD + who + "\n" + "\n".join(table) + "\n"


def test_everybody_opens_what_the_record_says_and_nothing_else(matrix):
    if os.environ.get("WRITE_ACCESS") == "1":
        RECORD.write_text(as_text(matrix), encoding="utf-8")
    assert as_text(matrix) == RECORD.read_text(encoding="utf-8"), "WRITE_ACCESS=1 writes docs/access.md; look at its diff"
    case = [row for path, row in matrix.items() if "<str:number>" in path]
    assert len(matrix) > 90 and len(case) > 8
    for row in case:
        assert {name: row[name] for name in NOBODY_READS} == dict.fromkeys(NOBODY_READS, 404)
    open_to_all = {f"/{route}" for route in (*addresses.PUBLIC, *addresses.READ_ONLY, *addresses.DEMO)}
    assert {path for path, row in matrix.items() if row["anonymous"] == 200} <= open_to_all
