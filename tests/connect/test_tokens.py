"""How a system gets in, and how it is kept out."""

import logging
from datetime import timedelta

import pytest
from django.test import Client as Browser
from django.utils import timezone
from oauth2_provider.models import AccessToken

from tests.remote_care.walking import browser
from xinyijian.audit.models import Event
from xinyijian.connect import authentication, keys

from .conftest import machine_of
from .test_eligibility import FOR

DAY = timedelta(days=1)


def asks(machine, town):
    return machine.get("eligibility/", psn_no=town.lan_person.psn_no, **FOR)


def test_a_token_lives_half_an_hour_and_only_its_fingerprint_is_stored(his, town):
    answer = his.fetch_token().json()
    assert (answer["token_type"], answer["expires_in"]) == ("Bearer", 1800)
    (stored,) = AccessToken.objects.all()
    assert stored.token == "" and answer["access_token"] not in str(vars(stored))
    assert his.secret not in his.client.client_secret
    AccessToken.objects.update(expires=timezone.now() - timedelta(seconds=1))
    his._token = answer["access_token"]
    assert (asks(his, town).status_code, asks(his, town).json()["code"]) == (401, "unauthenticated")


def test_a_token_has_the_scopes_of_its_key_or_fewer(town):
    narrow = machine_of(town.hospital_admin, town.county_hospital, scopes=("eligibility:read", "changes:read"))
    assert narrow.fetch_token(scope="filings:write").json()["error"] == "invalid_scope"
    narrow._token = narrow.fetch_token(scope="changes:read").json()["access_token"]
    answer = asks(narrow, town)
    assert (answer.status_code, answer.json()["needed_scope"]) == (403, "eligibility:read")
    assert narrow.get("changes/").status_code == 200


@pytest.mark.parametrize("path", ["eligibility/", "filings/", "changes/", "filings/RC439901-260101-00000000/", "sandbox/codes/"])
def test_no_cookie_and_no_address_lets_anybody_in(his, town, path):
    for machine in (browser(town.root), browser(town.hospital_admin), Browser()):
        for ask in (machine.get, machine.post):
            answer = ask(f"/api/v1/{path}?access_token={his.token}")
            assert answer.status_code in (401, 405) and not answer.cookies, answer.content
            assert answer.status_code == 405 or answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_method_that_is_not_there_is_told_so_and_not_refused(his):
    answer = his.post("changes/", key=False, method="delete")
    assert (answer.status_code, answer.json()["code"]) == (405, "method_not_allowed") and "GET" in answer.headers["Allow"]


def test_five_wrong_tries_lock_the_door_for_this_name_and_address_only(his, other_his):
    for _ in range(5):
        wrong = his.fetch_token(secret="wrong")
        assert (wrong.status_code, wrong.json()["error"]) == (401, "invalid_client")
    locked = his.fetch_token()
    assert (locked.status_code, locked.json()["code"], locked.headers["Content-Type"]) == (429, "locked", "application/problem+json")
    assert 890 <= int(locked.headers["Retry-After"]) <= 900
    assert other_his.fetch_token().status_code == 200
    his.browser = Browser(REMOTE_ADDR="10.1.2.3")
    assert his.fetch_token().status_code == 200


def test_many_addresses_together_have_twenty_tries_and_the_owner_is_not_shut_out(his, settings):
    settings.WRONG_TRIES_AN_HOUR = 3
    assert his.fetch_token().status_code == 200
    home = his.browser
    codes = []
    for n in range(4):
        his.browser = Browser(REMOTE_ADDR=f"10.1.2.{n}")
        codes.append(his.fetch_token(secret="wrong").status_code)
    refused = his.fetch_token()
    assert codes == [401, 401, 401, 429] and refused.json()["code"] == "locked" and 0 < int(refused["Retry-After"]) <= 3600
    his.browser = home
    assert his.fetch_token().status_code == 200


def test_an_unknown_name_answers_like_a_wrong_secret(his):
    wrong = his.fetch_token(secret="wrong")
    his.client.client_id = "live-NOBODY0000"
    assert (his.fetch_token().status_code, his.fetch_token().content) == (wrong.status_code, wrong.content)


def test_the_old_secret_serves_while_the_new_one_is_carried_round(his, town):
    now, old = timezone.now(), his.secret
    _client, new = keys.rotate(his.client.pk, replacing=keys.mark_of(his.client), by=town.hospital_admin, at=now, now=now)
    his.client.refresh_from_db()
    assert his.client.old_until == now + DAY
    assert his.fetch_token(secret=old).status_code == his.fetch_token(secret=new).status_code == 200
    type(his.client).objects.update(old_until=now)
    assert his.fetch_token(secret=old).status_code == 401 and his.fetch_token(secret=new).status_code == 200


def test_a_secret_that_was_changed_twice_is_gone_at_once(his, town):
    now, first = timezone.now(), his.secret
    for _ in range(2):
        his.client.refresh_from_db()
        keys.rotate(his.client.pk, replacing=keys.mark_of(his.client), by=town.hospital_admin, at=now, now=now)
    assert his.fetch_token(secret=first).status_code == 401


def test_a_revoked_key_is_out_and_its_tokens_with_it(his, town):
    assert asks(his, town).status_code == 200
    keys.revoke(his.client.pk, by=town.hospital_admin, at=timezone.now())
    assert his.fetch_token().status_code == 401
    authentication.forget()  # a minute later, at most
    assert asks(his, town).status_code == 401
    verbs = Event.objects.filter(kind="connect.Client", object_id=his.client.pk).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["make_key", "token", "revoke_key"]


def test_no_log_and_no_table_knows_a_secret_or_a_token(his, town, caplog):
    caplog.set_level(logging.DEBUG)
    asks(his, town)
    his.fetch_token(secret="a-wrong-secret-that-was-typed")
    from tests.security.test_privacy import tables

    said = caplog.text + "".join(tables().values())
    for text in (his.secret, his.token, "a-wrong-secret-that-was-typed", town.lan_person.cert_number):
        assert text not in said


@pytest.mark.parametrize(
    "body", [{}, {"grant_type": "password"}, {"grant_type": "authorization_code", "code": "x"}, {"grant_type": "\x00"}]
)
def test_only_client_credentials_are_granted(his, body):
    answer = his.fetch_token(**body | {"grant_type": body.get("grant_type", "")})
    assert answer.status_code == 400 and answer.json()["code"] == "token_refused"


def test_too_many_calls_are_told_to_wait(his, town, settings):
    settings.API_CALLS_A_MINUTE = 3
    codes = [asks(his, town).status_code for _ in range(5)]
    assert codes.count(200) <= 3 and codes[-1] == 429
    answer = asks(his, town)
    assert 0 < int(answer.headers["Retry-After"]) <= 60
