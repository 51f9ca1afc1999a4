"""What the simulated carriers took: one message per key, shown in the inbox; afterwards the postman tells how delivery went."""
import secrets
import time
from datetime import UTC, datetime

from . import store

UNREACHABLE = "9999"  # a phone number, WeChat account or mailbox whose name ends so never gets its messages


def take(channel: str, key: str, address: str, text: str, mode: str, *, receipt: str = "") -> str:
    """The receipt of the message with that key; the same key again gives the first receipt and sends nothing."""
    receipt = receipt or f"{channel.upper()}{secrets.token_hex(8)}"
    status = "failed" if address.partition("@")[0].endswith(UNREACHABLE) else "delivered"
    moment, copies = datetime.now(UTC).isoformat(timespec="milliseconds"), 2 if mode == "repeat" else 1
    with store.opened() as rows:
        rows.execute(
            "INSERT INTO message (channel, key, receipt, phone, text, sent_at, status, copies, post_after)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO NOTHING",
            [channel, key, receipt, address, text, moment, status, copies, time.time()],
        )
        return rows.execute("SELECT receipt FROM message WHERE key = ?", [key]).fetchone()["receipt"]


def shown(ending: str = "", limit: int = 200) -> list[dict]:
    """Newest first; `ending` are the last characters of the phone number, WeChat account or mailbox."""
    with store.opened() as rows:
        found = rows.execute(
            "SELECT channel, phone, text, sent_at, status FROM message WHERE phone LIKE ? ORDER BY id DESC LIMIT ?", [f"%{ending}", limit]
        ).fetchall()
    return [dict(row) for row in found]
