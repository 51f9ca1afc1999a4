"""The simulated insurance platform: gives filing numbers that are plainly those of a demo."""
import hmac
import json
import re
import time
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings

from .. import signing
from . import store

WINDOW_MS = 30 * 60 * 1000
PLACE = re.compile(r"(1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5])\d{4}", re.ASCII)  # GB/T 2260; 71, 81 and 82 have no platform


def gateway_error(headers) -> dict | None:
    """What the gateway in front of the platform finds wrong with the five headers; its shape differs from the envelope's."""
    given = {name: headers.get(name, "") for name in ("_api_name", "_api_version", "_api_timestamp", "_api_access_key", "_api_signature")}
    if not all(given.values()) or not given["_api_timestamp"].isdecimal():
        return {"code": 401, "message": "缺少请求头"}
    if abs(time.time() * 1000 - int(given["_api_timestamp"])) > WINDOW_MS:
        return {"code": 401, "message": "时间戳超出允许范围"}
    right = signing.platform_headers(
        given["_api_name"], given["_api_version"], int(given["_api_timestamp"]), settings.PLATFORM["access_key"], settings.GATEWAY_SECRET
    )
    if not hmac.compare_digest(right["_api_signature"].encode(), given["_api_signature"].encode()):
        return {"code": 401, "message": "签名不正确"}
    return None


def perform(envelope: dict, key: str) -> tuple[int, dict]:
    """Do what the envelope asks, once per key."""
    deeds = {settings.PLATFORM["register_filing"]: register, settings.PLATFORM["cancel_filing"]: cancel}
    deed = deeds.get(envelope.get("infno"))
    if deed is None or not isinstance(envelope.get("input"), dict) or not key:
        return reply(envelope, "演示平台：不认识的交易或空的内容")
    return deed(envelope, key)


def register(envelope, key):
    """Give a number for a filing between two places that exist."""
    places = [envelope.get("insuplc_admdvs", ""), envelope.get("mdtrtarea_admvs", "")]
    if not all(PLACE.fullmatch(str(place)) for place in places):
        return reply(envelope, "演示平台：参保地或就医地的区划代码不存在")
    content = json.dumps(envelope["input"], ensure_ascii=False)
    with store.opened() as rows:
        rows.execute("INSERT INTO filing (key, place, input) VALUES (?, ?, ?) ON CONFLICT (key) DO NOTHING", [key, places[0], content])
        row = rows.execute("SELECT id, place FROM filing WHERE key = ?", [key]).fetchone()
    return reply(envelope, output={"trt_dcla_detl_sn": f"DEMO{row['place']}{row['id']:010}"})


def cancel(envelope, key):
    """Take a filing back; again is fine."""
    number = str(envelope["input"].get("trt_dcla_detl_sn", ""))
    with store.opened() as rows:
        changed = rows.execute("UPDATE filing SET cancelled = 1 WHERE 'DEMO' || place || printf('%010d', id) = ?", [number]).rowcount
    return reply(envelope, output={"trt_dcla_detl_sn": number}) if changed else reply(envelope, "演示平台：没有这个备案编号")


def refuse(envelope: dict) -> tuple[int, dict]:
    """A "no" without a look at the content."""
    return reply(envelope, "演示平台：按开关设置拒绝")


def reply(envelope, err_msg="", output=None):
    """The reply frame; failure is in it, never in the HTTP status."""
    now = f"{datetime.now(ZoneInfo('Asia/Shanghai')):%Y%m%d%H%M%S%f}"[:17]
    frame = {"inf_refmsgid": f"{envelope.get('insuplc_admdvs', ''):0<6.6}{now[:14]}{'1':0>10}", "refmsg_time": now, "respond_time": now}
    return 200, {"infcode": -1 if err_msg else 0, **frame, "err_msg": err_msg, "output": output or {}}
