"""The county's WeChat official account (微信公众号): template messages to followers who have bound their account here.

WeChat takes a message once per `client_msg_id`, for ten minutes; a repetition later than that may arrive twice and costs nothing.
"""
import threading
import time
from urllib.parse import urlencode, urljoin

from django.conf import settings

from . import http
from .errors import Rejected, Unavailable

BAD_TOKEN = {40001, 40014, 42001}
TRY_AGAIN = {-1, 45009, 45011, 45033, 50002}  # busy, or too much for now
_token = ("", 0.0)
_one_at_a_time = threading.Lock()


def send(openid: str, text: str, *, key: str) -> str:
    """WeChat's number of the message; Unavailable or Rejected. Whether it arrived is told later, by a callback."""
    global _token
    address = urljoin(settings.WECHAT_URL, "cgi-bin/message/template/send?" + urlencode({"access_token": _access()}))
    content = {"content": {"value": text}}
    body = {"touser": openid, "template_id": settings.WECHAT["template_id"], "client_msg_id": key[:32], "data": content}
    _status, answer = http.post(address, http.encode(body), {})
    code = answer.get("errcode")
    if code in BAD_TOKEN:
        _token = ("", 0.0)
    if code in BAD_TOKEN | TRY_AGAIN or (code == 0 and not answer.get("msgid")) or code is None:
        raise Unavailable(f"errcode {code}")
    if code != 0:
        raise Rejected(str(code), str(answer.get("errmsg", ""))[:100])
    return str(answer["msgid"])


def _access() -> str:
    """The account's token, asked for again shortly before it ends; WeChat gives every process the same one."""
    global _token
    with _one_at_a_time:
        text, until = _token
        if time.monotonic() < until:
            return text
        asked = {"grant_type": "client_credential", "appid": settings.WECHAT["appid"], "secret": settings.WECHAT["secret"]}
        _status, answer = http.post(urljoin(settings.WECHAT_URL, "cgi-bin/stable_token"), http.encode(asked), {})
        if not answer.get("access_token"):
            raise Unavailable(f"no token: errcode {answer.get('errcode')}")
        _token = str(answer["access_token"]), time.monotonic() + max(60, int(answer.get("expires_in", 7200)) - 300)
        return _token[0]
