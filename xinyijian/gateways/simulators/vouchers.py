"""The simulated e-voucher: a code for a phone's screen, good for a minute and for one use."""
import secrets
import time

from . import store

LIFETIME = 60  # seconds
DIGITS = 12


def fresh(psn_no: str, seconds: float = LIFETIME) -> str:
    """A new code for that person."""
    code = "".join(secrets.choice("0123456789") for _digit in range(DIGITS))
    with store.opened() as rows:
        rows.execute("INSERT INTO voucher (code, psn_no, good_until, token) VALUES (?, ?, ?, ?)",
                     [code, psn_no, time.time() + seconds, f"DEMOEC{secrets.token_hex(12)}"])
    return code


def find(code: str) -> dict | None:
    """The code's row, with the seconds that are left of it."""
    with store.opened() as rows:
        row = rows.execute("SELECT * FROM voucher WHERE code = ?", [code]).fetchone()
    return {**row, "seconds": max(0, round(row["good_until"] - time.time()))} if row else None


def use(code: str, key: str) -> dict | None:
    """The row of a code that is good and now used up; None otherwise. The same request, delivered twice, is one use."""
    with store.opened() as rows:
        rows.execute("UPDATE voucher SET used_by = ? WHERE code = ? AND used_by IS NULL AND good_until > ?", [key, code, time.time()])
        row = rows.execute("SELECT * FROM voucher WHERE code = ? AND used_by = ?", [code, key]).fetchone()
    return dict(row) if row else None


def person_of(token: str) -> str | None:
    """The insurance number behind an ecToken."""
    with store.opened() as rows:
        row = rows.execute("SELECT psn_no FROM voucher WHERE token = ? AND used_by IS NOT NULL", [token]).fetchone()
    return row["psn_no"] if row else None
