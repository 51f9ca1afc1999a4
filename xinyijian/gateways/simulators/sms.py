"""The simulated text-message operator."""
import re

from . import messages


def perform(message: dict, key: str, mode: str) -> tuple[int, dict]:
    """Take a message."""
    phone, text = str(message.get("phone", "")), str(message.get("text", ""))
    if not re.fullmatch(r"1\d{10}", phone) or not text or not key:
        return 422, {"code": "invalid", "text": "演示短信：号码或内容无效"}
    return 200, {"receipt": messages.take("sms", key, phone, text, mode)}


def refuse() -> tuple[int, dict]:
    """A "no" without a look at the message."""
    return 422, {"code": "blocked", "text": "演示短信：按开关设置拒绝"}
