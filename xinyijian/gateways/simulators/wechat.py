"""The simulated WeChat: followers of the county's official account, template messages to them, and what they type to it."""
import hmac
import secrets
import time

import urllib3
from django.conf import settings

from .. import http, signing
from . import messages

TOKENS: dict[str, float] = {}
LIFETIME = 7200  # seconds


def token(asked: dict) -> dict:
    """An access token for the account's secret."""
    if not hmac.compare_digest(str(asked.get("secret", "")).encode(), settings.WECHAT["secret"].encode()):
        return {"errcode": 40125, "errmsg": "invalid appsecret"}
    fresh = secrets.token_hex(16)
    TOKENS[fresh] = time.time() + LIFETIME
    return {"access_token": fresh, "expires_in": LIFETIME}


def perform(message: dict, access: str, mode: str) -> tuple[int, dict]:
    """Take a template message."""
    if TOKENS.get(access, 0) < time.time():
        return 200, {"errcode": 40001, "errmsg": "invalid credential"}
    openid, key = str(message.get("touser", "")), str(message.get("client_msg_id", ""))
    text = str(((message.get("data") or {}).get("content") or {}).get("value", ""))
    if not openid.startswith("demo-") or not text or not key:
        return 200, {"errcode": 40003, "errmsg": "invalid openid"}
    return 200, {"errcode": 0, "errmsg": "ok", "msgid": messages.take("wechat", key, openid, text, mode)}


def refuse() -> tuple[int, dict]:
    """Somebody who no longer follows the account."""
    return 200, {"errcode": 43004, "errmsg": "require subscribe"}


def say(openid: str, text: str, portal: str) -> str:
    """What a follower types into the account's window; returns the account's answer."""
    url, body = f"{portal}gateways/wechat/messages/", http.encode({"openid": openid, "text": text})
    headers = {"Content-Type": "application/json", **signing.sign(url, body, key=secrets.token_hex(8))}
    try:
        answer = http.pool.request("POST", url, body=body, headers=headers, timeout=5.0, retries=False)
        return str(answer.json().get("text", "")) if answer.status == 200 else f"HTTP {answer.status}"
    except (urllib3.exceptions.HTTPError, OSError, ValueError):
        return ""
