"""How we reach you: WeChat and e-mail are bound by a code, sealed at rest; what she does not want is left out."""
import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import connection

from tests.town import JAN_5
from xinyijian.gateways import http, signing
from xinyijian.people import binding, reach
from xinyijian.people.models import Contact


@pytest.fixture(autouse=True)
def nobody_asked_before():
    """Counts of an hour or a minute outlive a test."""
    cache.clear()


@pytest.fixture
def lan(town, client, simulators):
    client.force_login(town.lan)
    return client


def type_into_wechat(client, openid, text):
    url, body = "/gateways/wechat/messages/", http.encode({"openid": openid, "text": text})
    return client.post(url, body, content_type="application/json", headers=signing.sign(url, body, key="x"))


def test_wechat_is_bound_by_typing_a_code_into_the_official_account(lan, town):
    code = re.search(r"\b\d{4} \d{4}\b", lan.post("/reach/", {"deed": "wechat"}).content.decode()).group()
    answer = type_into_wechat(lan, "demo-lan", code)
    assert answer.status_code == 200 and answer.json()["text"]
    assert reach.addresses_of(town.lan_person)["wechat"] == "demo-lan"
    assert "demo-other" not in type_into_wechat(lan, "demo-other", code).json()["text"]
    assert reach.addresses_of(town.lan_person)["wechat"] == "demo-lan"  # a code serves once


def test_what_nobody_signed_binds_nothing(lan):
    answer = lan.post("/gateways/wechat/messages/", {"openid": "demo-x", "text": "1"}, content_type="application/json")
    assert answer.status_code == 401


def test_one_account_cannot_try_codes_without_end(lan):
    answers = [type_into_wechat(lan, "demo-guess", f"{n:08}").status_code for n in range(12)]
    assert answers[:10] == [200] * 10 and answers[10:] == [429, 429]


def test_an_old_code_binds_nothing(town, simulators):
    code = binding.ask_wechat(town.lan_person, JAN_5)
    binding.bind_wechat("demo-lan", code, JAN_5 + binding.LIFETIME)
    assert not Contact.objects.exists()


def test_a_mailbox_is_bound_by_the_code_that_it_got(lan, town, simulators):
    assert lan.post("/reach/", {"deed": "email", "address": "lan@demo.invalid"}).status_code == 302
    text, = (message["text"] for message in simulators.messages() if message["channel"] == "email")
    assert lan.post("/reach/?code=1", {"deed": "code", "code": "000000"}).status_code == 422
    assert lan.post("/reach/?code=1", {"deed": "code", "code": re.search(r"\d{6}", text).group()}).status_code == 302
    assert reach.addresses_of(town.lan_person)["email"] == "lan@demo.invalid"
    page = lan.get("/reach/").content.decode()
    assert "l***@demo.invalid" in page and "lan@demo.invalid" not in page


def test_a_mailbox_that_takes_no_mail_is_told_on_the_form_and_the_address_stays(lan, simulators):
    simulators.faults(email="refuse")
    answer = lan.post("/reach/", {"deed": "email", "address": "lan@demo.invalid"})
    assert answer.status_code == 422 and "lan@demo.invalid" in answer.content.decode()


def test_codes_are_not_asked_for_without_end(town, simulators):
    for _time in range(binding.MOST):
        binding.ask_wechat(town.lan_person, JAN_5)
    with pytest.raises(ValidationError):
        binding.ask_wechat(town.lan_person, JAN_5 + timedelta(minutes=59))
    assert binding.ask_wechat(town.lan_person, JAN_5 + timedelta(minutes=61))


def test_addresses_are_sealed_at_rest_and_end_without_being_forgotten(lan, town):
    Contact.objects.create(person=town.lan_person, kind="email", address="lan@demo.invalid", since=JAN_5)
    with connection.cursor() as cursor:
        cursor.execute("SELECT address FROM people_contact")
        assert "lan@" not in cursor.fetchone()[0]
    lan.post("/reach/", {"deed": "end", "kind": "email"})
    assert Contact.objects.get().ended_at and "email" not in reach.addresses_of(town.lan_person)


def test_wishes_are_kept_and_a_contradiction_is_told(lan, town):
    assert lan.post("/reach/", {"deed": "wish", "first": "email", "without": ["wechat"]}).status_code == 302
    assert reach.wishes_of(town.lan_person) == reach.Wish("email", ("wechat",))
    assert lan.post("/reach/", {"deed": "wish", "first": "email", "without": ["email"]}).status_code == 422
    assert lan.post("/reach/", {"deed": "explode"}).status_code == 404


def test_staff_have_no_such_page(town, client):
    client.force_login(town.clerk)
    assert client.get("/reach/").status_code == 404
