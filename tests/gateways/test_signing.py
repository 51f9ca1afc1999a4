"""What is signed cannot be altered, moved to another address or replayed later."""
import pytest

from xinyijian.gateways import signing

URL, PATH, BODY = "http://127.0.0.1:8010/sms/messages/?x=1", "/sms/messages/", b'{"text":"x"}'


def test_what_was_signed_is_accepted_and_names_its_key():
    assert signing.verify(PATH, BODY, signing.sign(URL, BODY, key="k1")) == "k1"


@pytest.mark.parametrize(
    ("path", "body", "change"),
    [
        ("/sms/other/", BODY, {}),
        (PATH, BODY + b" ", {}),
        (PATH, BODY, {signing.KEY: "k2"}),
        (PATH, BODY, {signing.SIGNATURE: ""}),
        (PATH, BODY, {signing.SIGNATURE: "é"}),
        (PATH, BODY, {signing.TIMESTAMP: ""}),
        (PATH, BODY, {signing.TIMESTAMP: "１７"}),
    ],
)
def test_what_was_altered_is_refused(path, body, change):
    with pytest.raises(signing.BadSignature):
        signing.verify(path, body, signing.sign(URL, BODY, key="k1") | change)


@pytest.mark.parametrize(("age", "good"), [(0, True), (295, True), (305, False), (-305, False)])
def test_a_signature_is_good_for_five_minutes(age, good):
    headers = signing.sign(URL, BODY, key="k1", now=signing.time.time() - age)
    if good:
        assert signing.verify(PATH, BODY, headers) == "k1"
    else:
        with pytest.raises(signing.BadSignature):
            signing.verify(PATH, BODY, headers)
