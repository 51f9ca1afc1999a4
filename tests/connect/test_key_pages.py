"""The hospital's own administrator makes keys, changes their secrets and revokes them."""

import re
import uuid

import pytest

from tests.remote_care.walking import browser
from xinyijian.audit.models import Event
from xinyijian.connect.models import Client
from xinyijian.people.models import User

from .conftest import Machine, machine_of

SECRET = re.compile(r'id="secret">(xyj_\w+?_[\w-]+)<')


def fields(town, **more):
    basis = {"organisation": town.county_hospital.pk, "name": "HIS", "environment": "sandbox", "scopes": ["eligibility:read"]}
    return basis | {"key": uuid.uuid4()} | more


def made(town, **more):
    answer = browser(town.hospital_admin).post("/connect/keys/new/", fields(town, **more))
    assert answer.status_code == 200, answer.content.decode()
    return Machine(Client.objects.latest("pk"), SECRET.search(answer.content.decode()).group(1)), answer


@pytest.mark.req("S0.7")
def test_she_makes_a_key_sees_its_secret_once_and_it_works(town):
    machine, answer = made(town)
    assert "no-store" in answer.headers["Cache-Control"]
    assert machine.fetch_token().status_code == 200
    page = browser(town.hospital_admin).get("/connect/keys/").content.decode()
    assert machine.client.client_id in page and machine.secret not in page and "43999900010" in page
    (event,) = Event.objects.filter(verb="make_key")
    assert event.by_id == town.hospital_admin.pk and machine.secret not in str(event.data)


def test_two_posts_of_one_form_are_one_key(town):
    her, form = browser(town.hospital_admin), fields(town)
    her.post("/connect/keys/new/", form)
    again = her.post("/connect/keys/new/", form)
    assert again.status_code == 302 and again.url == "/connect/keys/" and Client.objects.count() == 1


def form_of(her, address):
    """What the page that asks first carries on."""
    return {"replacing": re.search(r'name="replacing" value="(\w+)"', her.get(f"{address}/rotate/").content.decode()).group(1)}


def test_a_double_click_never_ends_the_secret_that_is_in_use(town):
    machine, _answer = made(town, environment="live")
    her, address = browser(town.hospital_admin), f"/connect/keys/{machine.client.pk}"
    form = form_of(her, address)
    unseen = SECRET.search(her.post(f"{address}/rotate/", form).content.decode()).group(1)
    assert her.post(f"{address}/rotate/", form).url == her.post(f"{address}/rotate/", {"replacing": "é"}).url == "/connect/keys/"
    assert machine.fetch_token().status_code == machine.fetch_token(secret=unseen).status_code == 200
    shown = SECRET.search(her.post(f"{address}/rotate/", form_of(her, address)).content.decode()).group(1)
    assert machine.fetch_token(secret=unseen).status_code == machine.fetch_token(secret=shown).status_code == 200
    assert machine.fetch_token().status_code == 401


def test_she_changes_the_secret_and_revokes_the_key(town):
    machine, _answer = made(town, environment="live")
    her, address = browser(town.hospital_admin), f"/connect/keys/{machine.client.pk}"
    assert "24" in her.get(f"{address}/rotate/").content.decode()
    new = SECRET.search(her.post(f"{address}/rotate/", form_of(her, address)).content.decode()).group(1)
    assert new != machine.secret
    assert machine.fetch_token().status_code == machine.fetch_token(secret=new).status_code == 200
    assert her.post(f"{address}/revoke/").status_code == 302
    assert machine.fetch_token(secret=new).status_code == 401
    assert her.post(f"{address}/rotate/").status_code == 302 and not Client.objects.get().old_secret
    assert list(Event.objects.filter(kind="connect.Client").order_by("pk").values_list("verb", flat=True)) == [
        "make_key", "rotate_key", "token", "token", "revoke_key"]  # fmt: skip


@pytest.mark.parametrize("who", ["lan", "clerk", "officer", "hospital_a", "physician", "hospital_b", "system_admin", "auditor", "root"])
def test_for_everybody_else_there_are_no_keys(town, who):
    machine = machine_of(town.hospital_admin, town.county_hospital)
    her = browser(getattr(town, who))
    for address in ("", "new/", f"{machine.client.pk}/rotate/", f"{machine.client.pk}/revoke/"):
        assert her.get(f"/connect/keys/{address}").status_code == her.post(f"/connect/keys/{address}").status_code == 404
    assert machine.fetch_token().status_code == 200


def test_another_hospitals_key_does_not_exist(town, other_his):
    her = browser(town.hospital_admin)
    for deed in ("rotate", "revoke", "nothing"):
        address = f"/connect/keys/{other_his.client.pk}/{deed}/"
        assert her.get(address).status_code == her.post(address).status_code == 404
    assert her.post("/connect/keys/new/", fields(town, organisation=town.other_hospital.pk)).status_code == 422


def test_what_is_wrong_with_the_form_is_said_and_what_was_typed_stays(town):
    answer = browser(town.hospital_admin).post("/connect/keys/new/", fields(town, name="急诊系统", scopes=[]))
    assert answer.status_code == 422 and 'value="急诊系统"' in answer.content.decode() and not Client.objects.exists()


def test_there_are_only_so_many(town):
    for _ in range(20):
        machine_of(town.hospital_admin, town.county_hospital)
    answer = browser(town.hospital_admin).post("/connect/keys/new/", fields(town))
    assert answer.status_code == 409 and Client.objects.count() == 20


def test_nobody_signs_in_as_a_system(town):
    machine_of(town.hospital_admin, town.county_hospital)
    user = User.objects.get(username__startswith="system-")
    assert not user.has_usable_password() and not user.phones.exists() and not user.is_superuser
