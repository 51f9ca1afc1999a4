"""The insurance platform's message frame. Field names, their uneven spelling included, are the platform's."""
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection

from .errors import Rejected, Unavailable
from .senders import Sender

SHANGHAI = ZoneInfo("Asia/Shanghai")
LONGEST = {"recer_sys_code": 10, "infver": 6, "opter": 30, "opter_name": 50, "fixmedins_code": 12, "fixmedins_name": 20, "sign_no": 30}
NUMERIC = {  # fields that are numbers in the platform's lists: nothing is written "0" there and "" elsewhere
    "age", "balc", "cnt", "pric", "medfee_sumamt", "fund_pay_sumamt", "acct_pay", "acct_mulaid_pay", "psn_cash_pay", "psn_part_amt",
    "hosp_part_amt", "fulamt_ownpay_amt", "overlmt_selfpay", "preselfpay_amt", "inscp_scp_amt", "act_pay_dedc", "pool_prop_selfpay",
}


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back and the platform's own number of it (inf_refmsgid), by which its people find the exchange."""

    output: dict
    reference: str


def request(infno: str, content: dict, *, sender: Sender, insured_in: str = "", care_in: str = "") -> dict:
    """The whole request. The platform routes on the two places, six digits each: where she is insured, where care is given."""
    us, now = settings.PLATFORM, datetime.now(UTC).astimezone(SHANGHAI)
    frame = {
        "infno": infno,
        "msgid": f"{sender.code:0<12.12}{now:%Y%m%d%H%M%S}{_serial():04}",
        "mdtrtarea_admvs": wire(care_in),
        "insuplc_admdvs": wire(insured_in),
        "recer_sys_code": us["recer_sys_code"],
        "dev_no": "",
        "dev_safe_info": "",
        "cainfo": "",
        "signtype": "",
        "infver": us["infver"],
        "opter_type": us["opter_type"],
        "opter": us["opter"],
        "opter_name": us["opter_name"],
        "inf_time": f"{now:%Y-%m-%d %H:%M:%S}",
        "fixmedins_code": sender.code,
        "fixmedins_name": sender.name,  # the frame allows 20 where other places allow 200
        "sign_no": "",
    }
    return {name: text[: LONGEST.get(name)] for name, text in frame.items()} | {"input": wire(content)}


def _serial() -> int:
    """0 to 9999 and round again, counted for all processes together; the second beside it makes the number unique."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('gateways_message_serial')")
        return cursor.fetchone()[0]


def wire(value, name: str = ""):
    """A value as the platform writes it: text, Shanghai wall time, and for nothing "0" in a number's place, "" elsewhere."""
    match value:
        case None | "":
            return "0" if name in NUMERIC else ""
        case dict():
            return {key: wire(item, key) for key, item in value.items()}
        case list() | tuple():
            return [wire(item, name) for item in value]
        case bool():
            return "1" if value else "0"
        case datetime():
            return f"{value.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}"
        case date():
            return value.isoformat()
        case _:
            return str(value)


def read(answer: dict) -> Reply:
    """Two shapes come back: the envelope, or the gateway's own {code, message}, which judges our key and clock and never what was asked."""
    if "infcode" not in answer:
        raise Unavailable(f"gateway: {answer.get('code')} {str(answer.get('message'))[:100]}")
    reference = str(answer.get("inf_refmsgid") or "")[:30]
    if str(answer["infcode"]) != "0":
        raise Rejected(str(answer["infcode"]), str(answer.get("err_msg") or "")[:200], reference)
    if not isinstance(answer.get("output"), dict):
        raise Unavailable("envelope without output")
    return Reply(answer["output"], reference)
