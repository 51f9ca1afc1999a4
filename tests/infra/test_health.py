"""GET /health tells honestly which part lives."""
import time

import pytest
from django.db import connection
from redis.exceptions import ConnectionError as BrokerAway

from xinyijian import health


@pytest.fixture
def broker():
    client = health.redis_client()
    client.delete(health.BEAT_KEY, health.WORKER_KEY)
    yield client
    client.delete(health.BEAT_KEY, health.WORKER_KEY)


@pytest.fixture
def everything_lives(broker):
    health.leave_time(health.BEAT_KEY)
    health.heartbeat()
    return broker


@pytest.fixture
def broker_away(settings):
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"


@pytest.mark.django_db
def test_it_is_well_when_every_part_lives(client, everything_lives):
    answer = client.get("/health")
    assert answer.status_code == 200
    assert answer.json()["status"] == "ok"
    assert answer.json()["worker"]["last_seen"]


@pytest.mark.django_db
@pytest.mark.parametrize("key, part", [(health.BEAT_KEY, "beat"), (health.WORKER_KEY, "worker")])
def test_it_names_the_process_that_was_not_seen_for_long(client, everything_lives, key, part):
    everything_lives.set(key, time.time() - health.STALE[key] - 1)
    answer = client.get("/health")
    assert answer.status_code == 503
    assert [name for name, state in answer.json().items() if name != "status" and not state["ok"]] == [part]


@pytest.mark.django_db
def test_a_worker_that_was_never_seen_is_not_well(client, broker):
    assert client.get("/health").json()["worker"] == {"ok": False, "last_seen": None}


@pytest.mark.django_db
def test_without_the_broker_it_says_that_worker_and_beat_are_unknown(client, broker_away):
    answer = client.get("/health")
    assert answer.status_code == 503
    assert answer.json()["broker"] == {"ok": False, "error": "ConnectionError"}
    assert answer.json()["beat"]["error"] == "unknown without the broker"
    assert answer.json()["database"] == {"ok": True}


def test_without_the_database_it_still_answers(client, everything_lives, monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "HOST", "/nowhere")
    answer = client.get("/health")
    assert answer.status_code == 503
    assert answer.json()["database"] == {"ok": False, "error": "OperationalError"}
    assert answer.json()["broker"] == {"ok": True}


def test_the_edge_of_being_seen():
    now = 1_800_000_000.0
    assert health.seen(str(now - 45).encode(), now, 45)["ok"]
    assert not health.seen(str(now - 45.01).encode(), now, 45)["ok"]


def test_beats_own_loop_leaves_its_time(broker, tmp_path):
    from xinyijian.celery import app

    scheduler = health.Scheduler(app=app, schedule_filename=str(tmp_path / "schedule"))
    scheduler.tick()
    scheduler.close()
    assert time.time() - float(broker.get(health.BEAT_KEY)) < 5


def test_a_process_outlives_a_broker_that_is_away(broker_away):
    health.leave_time(health.WORKER_KEY)
    with pytest.raises(BrokerAway):
        health.redis_client().ping()
