"""What the OpenAPI document shows of filings."""

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample

from xinyijian.casework.api.problems import reason

LINE = {
    "number": "RC439901-261123-K7Q4MXBT",
    "status": "draft",
    "psn_no": "439901000000104",
    "insuplc_admdvs": "439901",
    "mdtrtarea_admdvs": "440100",
    "begndate": "2026-11-23",
    "enddate": None,
    "dcla_souc": "01",
    "trt_dcla_detl_sn": "",
    "opened_at": "2026-11-23T10:00:00+08:00",
}
FULL = LINE | {"status_text": "draft", "because": "", "redo": [], "owed": [], "due": [], "steps": ["submit", "withdraw"]}
FILLED = {
    "type": "long_residence",
    "mdtrtarea_admdvs": "440100",
    "resident_since": "2024-03-01",
    "basis": "documents",
    "addr": "天河路 100 号 3 栋 402",
    "coner_name": "李晓兰",
    "tel": "19900000001",
}


def _answer(name, value, status):
    return OpenApiExample(name, value, response_only=True, status_codes=[status])


PAGE = _answer("A page", {"filings": [LINE], "next_cursor": None}, "200")
OPENED, ONE = _answer("Opened", FULL, "201"), _answer("A filing", FULL, "200")
NEW = OpenApiExample("Open", {"psn_no": "439901000000104", "code_biz_type": "01103", "dcla_souc": "01"} | FILLED, request_only=True)
ANSWERS = OpenApiExample("Correct the address", {"addr": FILLED["addr"]}, request_only=True)
PAPER = _answer("Received", {"kind": "identity_card", "name": "identity card", "sha256": "9f86d081…"}, "201")
LETTERS = _answer(
    "One letter",
    {"letters": [{"name": "filing_notice", "version": "hunan-2026-2", "text": "…", "sha256": "9f86d081…", "signed": False}]},
    "200",
)
SIGNATURE = OpenApiExample("Signed", {"sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"}, request_only=True)
NOTHING = OpenApiExample("Nothing to say", {}, request_only=True)


def unknown_kind(known) -> dict:
    """The reason for a document that nobody asks for."""
    return reason("unknown_kind", _("This is no kind of document that we know"), remedy=", ".join(sorted(known)), field="kind")


def wrong_source() -> dict:
    """The reason against a source that the key does not stand for."""
    return reason("wrong_source", _("This key files for another source"), remedy="01, 04, 05", field="dcla_souc")
