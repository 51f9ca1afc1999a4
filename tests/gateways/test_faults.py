"""Each gateway with each way in which the outside can misbehave: nothing is lost, nothing is done twice."""
import pytest

from xinyijian.gateways import Rejected, Unavailable, platform, sms

pytestmark = pytest.mark.django_db  # messages to the platform are counted there
FILING = {"psn_no": "D0001", "insuplc_admdvs": "439901", "mdtrtarea_admvs": "440100", "begndate": "2026-01-05"}


def ask_platform(key):
    return platform.register_filing(FILING, key=key)


def ask_sms(key):
    return sms.send("19900000001", "您好", key=key)


GATEWAYS = pytest.mark.parametrize(("gateway", "ask", "table"), [("platform", ask_platform, "filing"), ("sms", ask_sms, "message")])


def done(simulators, table):
    return simulators.rows(f"SELECT count(*) FROM {table}")[0][0]


@GATEWAYS
def test_one_key_is_one_deed_and_one_answer(simulators, gateway, ask, table):
    first, again, other = ask("a"), ask("a"), ask("b")
    assert first == again != other
    assert done(simulators, table) == 2


@GATEWAYS
def test_a_refusal_is_told_in_words_and_nothing_was_done(simulators, gateway, ask, table):
    simulators.faults(**{gateway: "refuse"})
    with pytest.raises(Rejected) as no:
        ask("a")
    assert no.value.code and "演示" in no.value.text
    assert done(simulators, table) == 0


@GATEWAYS
def test_a_failure_is_asked_again(simulators, gateway, ask, table):
    simulators.faults(**{gateway: "500"})
    with pytest.raises(Unavailable):
        ask("a")
    simulators.faults()
    assert ask("a")
    assert done(simulators, table) == 1


@GATEWAYS
def test_a_lost_answer_is_asked_again_and_done_once(simulators, gateway, ask, table):
    simulators.faults(**{gateway: "lost"})
    with pytest.raises(Unavailable):
        ask("a")
    assert done(simulators, table) == 1
    simulators.faults()
    assert ask("a")
    assert done(simulators, table) == 1


@GATEWAYS
def test_a_slow_answer_is_not_waited_for_and_done_once(simulators, gateway, ask, table):
    simulators.faults(**{gateway: "slow"})
    with pytest.raises(Unavailable):
        ask("a")
    simulators.faults()
    assert ask("a")  # while the first request still sleeps over there
    assert done(simulators, table) == 1


@GATEWAYS
def test_a_request_that_arrives_twice_is_done_once(simulators, gateway, ask, table):
    simulators.faults(**{gateway: "repeat"})
    assert ask("a") == ask("a")
    assert done(simulators, table) == 1


@GATEWAYS
def test_nobody_there_is_unavailable(settings, gateway, ask, table):
    settings.PLATFORM_URL = settings.SMS_URL = "http://127.0.0.1:9/"
    with pytest.raises(Unavailable):
        ask("a")


@GATEWAYS
def test_an_answer_that_is_not_understood_is_unavailable(simulators, settings, gateway, ask, table):
    settings.PLATFORM_URL = settings.SMS_URL = simulators.url + "language/"  # answers a POST with a redirect and no JSON
    with pytest.raises(Unavailable):
        ask("a")


@GATEWAYS
def test_a_wrong_secret_is_our_trouble_and_no_refusal(simulators, settings, gateway, ask, table):
    settings.GATEWAY_SECRET = "another"
    with pytest.raises(Unavailable):
        ask("a")
    assert done(simulators, table) == 0


def test_mixed_faults_end_in_one_message_each(simulators):
    simulators.faults(sms={"500": 0.3, "lost": 0.2, "repeat": 0.1})
    for number in range(40):
        until_taken(f"k{number}")
    assert done(simulators, "message") == 40


def until_taken(key):
    for _attempt in range(60):
        try:
            return ask_sms(key)
        except Unavailable:
            continue
    raise AssertionError("never taken")
