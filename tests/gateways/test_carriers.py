"""WeChat and e-mail, over real HTTP and real SMTP, through each way in which they can misbehave."""
import pytest

from xinyijian.gateways import Rejected, Unavailable, email, wechat

SENDERS = pytest.mark.parametrize(("gateway", "send"), [
    ("wechat", lambda key: wechat.send("demo-lan", "您好", key=key)),
    ("email", lambda key: email.send("lan@demo.invalid", "您好", key=key)),
])


@pytest.fixture(autouse=True)
def fresh_token():
    wechat._token = ("", 0.0)


def taken(simulators):
    return [(message["channel"], message["text"]) for message in simulators.messages()]


@SENDERS
def test_one_key_is_one_message(simulators, gateway, send):
    assert send("a") == send("a") != send("b")
    assert taken(simulators) == [(gateway, "您好")] * 2


@SENDERS
def test_a_refusal_is_no_failure(simulators, gateway, send):
    simulators.faults(**{gateway: "refuse"})
    with pytest.raises(Rejected):
        send("a")
    assert not taken(simulators)


@SENDERS
@pytest.mark.parametrize(("fault", "there"), [("500", 0), ("lost", 1), ("slow", None), ("repeat", 1)])
def test_every_other_trouble_is_asked_again_and_done_once(simulators, gateway, send, fault, there):
    simulators.faults(**{gateway: fault})
    if fault == "repeat":
        assert send("a")
    else:
        with pytest.raises(Unavailable):
            send("a")
    assert there is None or len(taken(simulators)) == there
    simulators.faults()
    assert send("a")
    assert len(taken(simulators)) == 1


@SENDERS
def test_nobody_there_is_unavailable(settings, gateway, send):
    settings.WECHAT_URL, settings.EMAIL_HOST, settings.EMAIL_PORT = "http://127.0.0.1:9/", "127.0.0.1", 9
    with pytest.raises(Unavailable):
        send("a")


def test_a_wrong_secret_is_our_trouble(simulators, settings):
    settings.WECHAT = settings.WECHAT | {"secret": "another"}
    with pytest.raises(Unavailable):
        wechat.send("demo-lan", "您好", key="a")


def test_a_token_that_ended_is_asked_for_again(simulators):
    wechat._token = ("old", float("inf"))
    with pytest.raises(Unavailable):
        wechat.send("demo-lan", "您好", key="a")
    assert wechat.send("demo-lan", "您好", key="a")


def test_who_does_not_follow_is_refused(simulators):
    with pytest.raises(Rejected):
        wechat.send("somebody", "您好", key="a")


@pytest.mark.parametrize("address", ["", "lan", "lan@", "a b@demo.invalid", "lan@demo.invalid\nBcc: x@demo.invalid", "x@y"])
def test_what_is_no_address_is_refused_before_anything_is_said(settings, address):
    settings.EMAIL_PORT = 9
    with pytest.raises(Rejected):
        email.send(address, "您好", key="a")
