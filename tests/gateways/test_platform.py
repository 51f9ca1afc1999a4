"""The insurance platform's frame, signature and both shapes of its errors."""
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from tests.gateways.test_faults import FILING
from xinyijian.gateways import Rejected, Unavailable, envelope, platform, signing


def test_the_signature_equals_the_worked_example():
    headers = signing.platform_headers("1101", "1.0.0", 1700000000000, "AKdemo", "SKdemo")
    assert headers["_api_signature"] == "QVbJmFmpxBOK4QfWE8kn+XO78L0="
    assert set(headers) == {"_api_name", "_api_version", "_api_timestamp", "_api_access_key", "_api_signature"}


def test_the_frame_keeps_the_platforms_own_spelling_and_lengths(settings):
    settings.PLATFORM = settings.PLATFORM | {"fixmedins_name": "很" * 30}
    frame = envelope.request("DEMO1", FILING)
    assert frame["mdtrtarea_admvs"] == "440100" and frame["insuplc_admdvs"] == "439901"
    assert len(frame["msgid"]) == 30 and frame["msgid"].startswith(settings.PLATFORM["fixmedins_code"])
    assert len(frame["fixmedins_name"]) == 20 and len(frame["inf_time"]) == 19
    assert frame["input"] == FILING
    assert envelope.request("DEMO1", FILING)["msgid"] != frame["msgid"]


def test_values_travel_as_text_in_shanghai_time():
    late = datetime(2026, 1, 5, 16, 30, tzinfo=UTC)
    content = {"a": None, "b": date(2026, 1, 5), "c": late, "d": [Decimal("1.50"), 3, True], "e": {"f": "x"}}
    assert envelope.wire(content) == {"a": "", "b": "2026-01-05", "c": "2026-01-06 00:30:00", "d": ["1.50", "3", "1"], "e": {"f": "x"}}


def test_a_number_is_plainly_one_of_a_demo(simulators):
    number = platform.register_filing(FILING, key="a")
    assert number.startswith("DEMO439901") and len(number) <= 30


@pytest.mark.parametrize("place", ["990000", "710000", "43", "", "ABCDEF", "４３９９０１"])
def test_an_unknown_region_is_refused(simulators, place):
    with pytest.raises(Rejected, match="区划"):
        platform.register_filing(FILING | {"mdtrtarea_admvs": place}, key="a")


def test_a_filing_is_cancelled_once_however_often_it_is_asked(simulators):
    number = platform.register_filing(FILING, key="a")
    platform.cancel_filing(number, key="b", because="moved back")
    platform.cancel_filing(number, key="b", because="moved back")
    assert simulators.rows("SELECT cancelled FROM filing") == [(1,)]
    with pytest.raises(Rejected, match="没有这个备案编号"):
        platform.cancel_filing("DEMO000", key="c")


def test_an_unknown_transaction_is_refused(simulators, settings):
    settings.PLATFORM = settings.PLATFORM | {"register_filing": "9999"}
    with pytest.raises(Rejected, match="不认识的交易"):
        platform.register_filing(FILING, key="a")


def test_the_gateways_own_error_shape_is_no_refusal():
    with pytest.raises(Unavailable, match="401"):
        platform.read_output({"code": 401, "message": "签名不正确"})


@pytest.mark.parametrize("answer", [{"infcode": 0}, {"infcode": 0, "output": None}])
def test_a_frame_without_output_is_unavailable(answer):
    with pytest.raises(Unavailable):
        platform.read_output(answer)


def test_the_frame_says_no_in_its_own_words():
    with pytest.raises(Rejected) as no:
        platform.read_output({"infcode": "-1", "err_msg": "人员不存在", "output": {}})
    assert (no.value.code, no.value.text) == ("-1", "人员不存在")
