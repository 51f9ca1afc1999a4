"""In whose name the platform is asked: each hospital's keys are its own and never another's."""
import pytest

from xinyijian.gateways import Unavailable, envelope, platform, roster
from xinyijian.gateways.senders import Sender, sender_of

pytestmark = pytest.mark.django_db

A, B = "H43990100001", "H43990100002"
SUN = ("01", "439901199202173124", "孙晓梅")


def test_a_hospitals_question_goes_in_its_own_name(simulators):
    roster.person(*SUN, organisation_code=A)
    roster.person(*SUN, organisation_code=B)
    roster.person(*SUN)
    asked = simulators.rows("SELECT sender, substr(msgid, 1, 12) FROM asked ORDER BY id")
    assert asked == [(A, A), (B, B), ("H43990000001", "H43990000001")]


@pytest.mark.parametrize("field", ["access_key", "secret", "code"])
def test_keys_of_two_hospitals_do_not_mix(simulators, field):
    a, b = sender_of(A), sender_of(B)
    mixed = Sender(**{name: getattr(b if name == field else a, name) for name in ("code", "name", "access_key", "secret")})
    with pytest.raises(Unavailable, match="401"):
        platform.call("1101", {"data": {}}, sender=mixed, key="a")
    assert simulators.rows("SELECT count(*) FROM asked") == [(0,)]


def test_a_hospital_without_keys_asks_nothing(simulators):
    with pytest.raises(Unavailable, match="no platform keys"):
        roster.person(*SUN, organisation_code="H43990100009")


def test_a_secret_is_in_no_text_and_in_no_frame():
    sender = sender_of(A)
    assert sender.secret not in f"{sender!r} {sender} {envelope.request('1101', {}, sender=sender)}"
