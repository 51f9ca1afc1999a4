"""The simulated insurance platform: gives filing numbers that are plainly those of a demo, and knows its own invented people."""
import hmac
import json
import re
import time
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings

from .. import senders, signing
from . import people, store, vouchers

WINDOW_MS = 30 * 60 * 1000
PLACE = re.compile(r"(1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5])\d{4}", re.ASCII)  # GB/T 2260; 71, 81 and 82 have no platform
FAULTS_OF = {"1101": "roster", "6101": "evoucher"}  # every other transaction fails with the "platform" switch
NOBODY = "演示平台：未查询到人员信息"


def accounts() -> dict:
    """{access key: who uses it}: the portal's own and each hospital's."""
    known = [senders.sender_of(), *(senders.from_environment(code) for code in settings.PLATFORM_SENDERS)]
    return {sender.access_key: sender for sender in known}


def gateway_error(headers, envelope) -> dict | None:
    """What the gateway in front of the platform finds wrong with the five headers; its shape differs from the envelope's."""
    given = {name: headers.get(name, "") for name in ("_api_name", "_api_version", "_api_timestamp", "_api_access_key", "_api_signature")}
    if not all(given.values()) or not given["_api_timestamp"].isdecimal():
        return {"code": 401, "message": "缺少服务网关的请求头"}
    if abs(time.time() * 1000 - int(given["_api_timestamp"])) > WINDOW_MS:
        return {"code": 401, "message": "签名时间戳超时"}
    sender = accounts().get(given["_api_access_key"])
    if sender is None or envelope.get("fixmedins_code") != sender.code or envelope.get("infno") != given["_api_name"]:
        return {"code": 401, "message": "非法用户"}
    timestamp = int(given["_api_timestamp"])
    right = signing.platform_headers(given["_api_name"], given["_api_version"], timestamp, sender.access_key, sender.secret)
    if not hmac.compare_digest(right["_api_signature"].encode(), given["_api_signature"].encode()):
        return {"code": 401, "message": "签名不一致"}
    return None


def perform(envelope: dict, key: str) -> tuple[int, dict]:
    """Do what the envelope asks, once per key."""
    us = settings.PLATFORM
    deeds = {us["register_filing"]: register, us["cancel_filing"]: cancel, "1101": person, "6101": decode}
    deed = deeds.get(envelope.get("infno"))
    if deed is None or not isinstance(envelope.get("input"), dict) or not key:
        return reply(envelope, "演示平台：不认识的交易或空的内容")
    with store.opened() as rows:
        asked = [str(envelope.get(name, "")) for name in ("infno", "msgid", "fixmedins_code")]
        rows.execute("INSERT INTO asked (infno, msgid, sender) VALUES (?, ?, ?)", asked)
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


def person(envelope, key):
    """1101: certificate and name, or a token of 6101 beside them, must be one person's."""
    asked = envelope["input"].get("data") or {}
    found = people.holder(asked.get("psn_cert_type"), asked.get("certno"), asked.get("psn_name"))
    by_code = asked.get("mdtrt_cert_type") == "01"
    if found is None or (by_code and vouchers.person_of(asked.get("mdtrt_cert_no", "")) != found["psn_no"]):
        return reply(envelope, NOBODY)
    return reply(envelope, output=_of_person(found))


def _of_person(row):
    base = {"psn_no": row["psn_no"], "psn_cert_type": row["cert_type"], "certno": row["cert_number"], "psn_name": row["name"],
            "gend": row["sex"], "naty": "", "brdy": row["born_on"], "age": "", "exp_content": ""}
    insured = {"balc": row["balc"], "insutype": row["insutype"], "psn_type": row["psn_type"], "psn_insu_stas": "1", "psn_insu_date": "",
               "paus_insu_date": "", "cvlserv_flag": "0", "insuplc_admdvs": row["region_id"], "emp_name": ""}
    return {"baseinfo": base, "insuinfo": [insured], "idetinfo": []}


def decode(envelope, key):
    """6101: a code that is good becomes a person and a token, once."""
    asked = envelope["input"].get("InData") or {}
    voucher = vouchers.use(str(asked.get("businessInfo", "")), key)
    found = voucher and people.one(voucher["psn_no"])
    if not found:
        return reply(envelope, "演示平台：医保码无效、已过期或已使用")
    out = {"userName": found["name"], "idNo": found["cert_number"], "idType": found["cert_type"], "ecToken": voucher["token"],
           "insuOrg": found["region_id"], "authNo": "", "ecIndexNo": "", "gender": found["sex"], "birthday": found["born_on"]}
    return reply(envelope, output={"OutData": out})


def refuse(envelope: dict) -> tuple[int, dict]:
    """A "no" without a look at the content."""
    return reply(envelope, "演示平台：按开关设置拒绝")


def reply(envelope, err_msg="", output=None):
    """The reply frame; failure is in it, never in the HTTP status."""
    now = f"{datetime.now(ZoneInfo('Asia/Shanghai')):%Y%m%d%H%M%S%f}"[:17]
    frame = {"inf_refmsgid": f"{envelope.get('insuplc_admdvs', ''):0<6.6}{now[:14]}{'1':0>10}", "refmsg_time": now, "respond_time": now}
    return 200, {"infcode": -1 if err_msg else 0, **frame, "err_msg": err_msg, "output": output or {}}
