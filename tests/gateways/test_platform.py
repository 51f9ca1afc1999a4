"""The insurance platform's frame, signature and both shapes of its errors."""
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from tests.gateways.test_faults import FILING
from xinyijian.gateways import Rejected, Unavailable, envelope, platform, signing
from xinyijian.gateways.senders import sender_of

pytestmark = pytest.mark.django_db  # messages are counted there


def test_the_signature_equals_the_worked_example():
    headers = signing.platform_headers("1101", "1.0.0", 1700000000000, "AKdemo", "SKdemo")
    assert headers["_api_signature"] == "QVbJmFmpxBOK4QfWE8kn+XO78L0="
    assert set(headers) == {"_api_name", "_api_version", "_api_timestamp", "_api_access_key", "_api_signature"}


@pytest.fixture
def frame(settings):
    settings.PLATFORM = settings.PLATFORM | {"fixmedins_name": "很" * 30}
    return envelope.request("DEMO1", FILING, sender=sender_of(), insured_in="439901", care_in="440100")


def test_the_frame_keeps_the_platforms_own_spelling_and_lengths(frame, settings):
    assert frame["mdtrtarea_admvs"] == "440100" and frame["insuplc_admdvs"] == "439901"
    assert len(frame["fixmedins_name"]) == 20 and len(frame["inf_time"]) == 19
    assert frame["input"] == FILING and frame["opter_type"] == "3"
    assert [name for name, limit in LIMITS.items() if name != "input" and len(frame[name]) > limit] == []
    assert set(frame) == set(LIMITS)


LIMITS = {
    "infno": 6, "msgid": 30, "mdtrtarea_admvs": 6, "insuplc_admdvs": 6, "recer_sys_code": 10, "dev_no": 100, "dev_safe_info": 2000,
    "cainfo": 1024, "signtype": 10, "infver": 6, "opter_type": 3, "opter": 30, "opter_name": 50, "inf_time": 19, "fixmedins_code": 12,
    "fixmedins_name": 20, "sign_no": 30, "input": 40000,
}


def test_a_message_is_numbered_by_sender_second_and_a_count_of_all_processes(frame, settings):
    again = envelope.request("DEMO1", FILING, sender=sender_of())
    assert len(frame["msgid"]) == 30 and frame["msgid"].startswith(settings.PLATFORM["fixmedins_code"])
    assert frame["msgid"][12:26].isdecimal() and int(again["msgid"][26:]) == (int(frame["msgid"][26:]) + 1) % 10000


def test_values_travel_as_text_in_shanghai_time():
    late = datetime(2026, 1, 5, 16, 30, tzinfo=UTC)
    content = {"a": None, "b": date(2026, 1, 5), "c": late, "d": [Decimal("1.50"), 3, True], "e": {"f": "x"}}
    assert envelope.wire(content) == {"a": "", "b": "2026-01-05", "c": "2026-01-06 00:30:00", "d": ["1.50", "3", "1"], "e": {"f": "x"}}


def test_nothing_is_a_zero_in_a_numbers_place_and_empty_elsewhere():
    assert envelope.wire({"balc": None, "memo": None, "rows": [{"medfee_sumamt": "", "certno": ""}]}) == {
        "balc": "0", "memo": "", "rows": [{"medfee_sumamt": "0", "certno": ""}]
    }


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
        envelope.read({"code": 401, "message": "签名不正确"})


@pytest.mark.parametrize("answer", [{"infcode": 0}, {"infcode": 0, "output": None}])
def test_a_frame_without_output_is_unavailable(answer):
    with pytest.raises(Unavailable):
        envelope.read(answer)


def test_the_frame_says_no_in_its_own_words():
    with pytest.raises(Rejected) as no:
        envelope.read({"infcode": "-1", "inf_refmsgid": "43990020260105", "err_msg": "人员不存在", "output": {}})
    assert (no.value.code, no.value.text, no.value.reference) == ("-1", "人员不存在", "43990020260105")


def test_an_answer_keeps_the_platforms_own_number_of_it(simulators):
    reply = platform.call("DEMO1", FILING, sender=sender_of(), key="a", insured_in="439901", care_in="440100")
    assert reply.reference.startswith("439901") and len(reply.reference) == 30
