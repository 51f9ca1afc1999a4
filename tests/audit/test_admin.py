"""The admin shows events and seals, and changes none."""
import pytest

from tests.audit.trail import write_events
from xinyijian.audit.models import Event, Seal


@pytest.fixture
def root(town, client):
    client.force_login(town.root)
    return client


@pytest.fixture
def event(db):
    return Event.objects.get(pk=write_events(1)[0])


@pytest.fixture
def seal(db):
    return Seal.objects.create(last_txid=1, last_event=1, count=1, leaves=b"x" * 40, previous=b"", root=b"\xab" * 32)


def test_events_and_seals_can_be_looked_at(root, event, seal):
    assert "tests.Thing" in root.get("/admin/audit/event/?q=tests").content.decode()
    assert root.get(f"/admin/audit/event/{event.pk}/change/").status_code == 200
    assert "ab" * 32 in root.get("/admin/audit/seal/").content.decode()
    assert root.get(f"/admin/audit/seal/{seal.pk}/change/").status_code == 200


@pytest.mark.parametrize("path", ["event/add/", "seal/add/", "event/{event}/delete/", "seal/{seal}/delete/"])
def test_nobody_adds_or_deletes_one_not_even_a_superuser(root, event, seal, path):
    url = "/admin/audit/" + path.format(event=event.pk, seal=seal.pk)
    assert root.get(url).status_code == 403
    assert root.post(url, {"post": "yes"}).status_code == 403


def test_nobody_changes_one(root, event, seal):
    assert root.post(f"/admin/audit/event/{event.pk}/change/", {"verb": "other"}).status_code == 403
    assert root.post(f"/admin/audit/seal/{seal.pk}/change/", {"count": 2}).status_code == 403
    root.post("/admin/audit/event/", {"action": "delete_selected", "_selected_action": event.pk, "post": "yes"})
    assert Event.objects.get(pk=event.pk).verb == "look"


def test_people_without_the_right_see_neither(town, client, event):
    client.force_login(town.lan)
    assert client.get("/admin/audit/event/").status_code in (302, 403)
    client.force_login(town.clerk)
    assert client.get("/admin/audit/event/").status_code in (302, 403)
