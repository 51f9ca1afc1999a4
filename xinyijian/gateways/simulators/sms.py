"""The simulated text-message operator: keeps one message per key, shows it in the inbox, tells afterwards how delivery went."""
import re
import secrets
import time
from datetime import UTC, datetime

from . import store

UNREACHABLE = "9999"  # a phone number with this ending never gets its messages


def perform(message: dict, key: str, mode: str) -> tuple[int, dict]:
    """Take a message; the same key again gives the first receipt and sends nothing."""
    phone, text = str(message.get("phone", "")), str(message.get("text", ""))
    if not re.fullmatch(r"1\d{10}", phone) or not text or not key:
        return 422, {"code": "invalid", "text": "演示短信：号码或内容无效"}
    values = [key, f"SMS{secrets.token_hex(8)}", phone, text, datetime.now(UTC).isoformat(timespec="milliseconds")]
    status = "failed" if phone.endswith(UNREACHABLE) else "delivered"
    with store.opened() as rows:
        rows.execute(
            "INSERT INTO message (key, receipt, phone, text, sent_at, status, copies, post_after) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (key) DO NOTHING",
            [*values, status, 2 if mode == "repeat" else 1, time.time()],
        )
        row = rows.execute("SELECT receipt FROM message WHERE key = ?", [key]).fetchone()
    return 200, {"receipt": row["receipt"]}


def refuse() -> tuple[int, dict]:
    """A "no" without a look at the message."""
    return 422, {"code": "blocked", "text": "演示短信：按开关设置拒绝"}


def messages(ending: str = "", limit: int = 200) -> list[dict]:
    """Newest first; `ending` are the last digits of the phone number."""
    with store.opened() as rows:
        found = rows.execute(
            "SELECT phone, text, sent_at, status FROM message WHERE phone LIKE ? ORDER BY id DESC LIMIT ?", [f"%{ending}", limit]
        ).fetchall()
    return [dict(row) for row in found]
