"""The insurance platform's message frame. Field names, their uneven spelling included, are the platform's."""
import itertools
import os
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings

SHANGHAI = ZoneInfo("Asia/Shanghai")
_serial = itertools.count(1)  # of this process; workers that were forked count alike, hence the process number beside it


def request(infno: str, content: dict) -> dict:
    """The whole request; `content` names both places (insuplc_admdvs, mdtrtarea_admvs) because the platform routes on them."""
    sender, now = settings.PLATFORM, datetime.now(UTC).astimezone(SHANGHAI)
    return {
        "infno": infno,
        "msgid": f"{sender['fixmedins_code']:0<12.12}{now:%Y%m%d%H%M%S}{(os.getpid() * 101 + next(_serial)) % 10000:04}",
        "mdtrtarea_admvs": wire(content.get("mdtrtarea_admvs")),
        "insuplc_admdvs": wire(content.get("insuplc_admdvs")),
        "recer_sys_code": sender["recer_sys_code"],
        "infver": sender["infver"],
        "opter_type": "1",
        "opter": sender["opter"],
        "opter_name": sender["opter_name"],
        "inf_time": f"{now:%Y-%m-%d %H:%M:%S}",
        "fixmedins_code": sender["fixmedins_code"],
        "fixmedins_name": sender["fixmedins_name"][:20],  # the frame allows 20 where other places allow 200
        "sign_no": "",
        "input": wire(content),
    }


def wire(value):
    """A value as the platform writes it: dates and numbers as text, Shanghai wall time, an empty text for nothing."""
    match value:
        case None:
            return ""
        case dict():
            return {name: wire(item) for name, item in value.items()}
        case list() | tuple():
            return [wire(item) for item in value]
        case bool():
            return "1" if value else "0"
        case datetime():
            return f"{value.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}"
        case date():
            return value.isoformat()
        case _:
            return str(value)
