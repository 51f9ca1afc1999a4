"""docker-compose.yml against the Compose Specification, and against what the supervisor and the tests run without containers."""
import json
import os
import re
import subprocess
import sys

import jsonschema
import pytest
import yaml

from xinyijian import health
from xinyijian.serve import healthy, own_secrets, programs
from xinyijian.serve.places import ROOT

OURS, OTHERS = "xinyijian", {"caddy:2", "postgres:18", "valkey/valkey:9"}
ONCE = {"migrate", "load", "demo"}
COMMANDS = programs.commands("0.0.0.0", 8000, "/data", 8010)


@pytest.fixture(scope="module")
def text():
    return (ROOT / "docker-compose.yml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def compose(text):
    return yaml.safe_load(text)


@pytest.fixture(scope="module")
def services(compose):
    return compose["services"]


def ours(services):
    return {name: service for name, service in services.items() if service["image"] == OURS}


def test_the_file_keeps_the_compose_specification(compose):
    schema = json.loads((ROOT / "tests/infra/compose/compose-spec.json").read_text(encoding="utf-8"))
    jsonschema.Draft7Validator.check_schema(schema)
    jsonschema.Draft7Validator(schema).validate(compose)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft7Validator(schema).validate(compose | {"services": {"web": {"imagine": "x"}}})


def test_every_command_is_one_that_runs_without_containers(services):
    assert {name: service["command"] for name, service in ours(services).items()} == COMMANDS
    assert {service["image"] for service in services.values()} == OTHERS | {OURS}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_program_is_there(name):
    assert programs.here(name, 8000, {"DATA_DIR": "/data"})[0].exists()


def test_the_image_runs_the_web_as_nobody_special():
    dockerfile = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    last = dockerfile.split("\nFROM ")[-1]
    assert json.loads(re.search(r"^CMD (\[.*?\])\s*$", last, re.DOTALL | re.MULTILINE).group(1).replace("\\\n", "")) == COMMANDS["web"]
    assert re.search(r"^USER portal$", last, re.MULTILINE) and "--uid 1000" in last
    for module in re.findall(r"python -m ([a-z.]+)", dockerfile):
        assert (ROOT / module.replace(".", "/")).with_suffix(".py").exists() or module == "venv"


def test_what_stays_up_has_a_health_check_and_little_power(services):
    for name, service in services.items():
        assert "no-new-privileges:true" in service["security_opt"], name
        if name in ONCE:
            assert service["restart"] == "no"
            continue
        assert service["restart"] == "unless-stopped" and service["healthcheck"]["test"][0] == "CMD", name
        if name != "db":  # its own entry point gives its rights away
            assert service["read_only"] and service["cap_drop"] == ["ALL"] and not service["user"].startswith("0"), name


def test_there_is_one_beat_and_more_than_one_of_the_others(services):
    assert "deploy" not in services["beat"]
    assert all(services[name]["deploy"]["replicas"] > 1 for name in ("web", "worker"))


def test_only_the_proxy_is_reached_from_outside(services):
    assert {name for name, service in services.items() if "ports" in service} == {"proxy", "simulators"}
    assert all(port.startswith("127.0.0.1:") for port in services["simulators"]["ports"])


def test_production_starts_no_simulator_and_waits_for_none(services):
    demo = {name for name, service in services.items() if "demo" in service.get("profiles", [])}
    assert demo == {"simulators", "demo"}
    for name in set(services) - demo:
        assert not demo & set(services[name].get("depends_on", {})), name


def test_only_migrations_are_the_owners_work(services):
    owners = {name for name, service in ours(services).items() if service["environment"]["DATABASE_URL_FILE"].endswith("owner_url")}
    assert owners == {"migrate"}


def test_every_name_is_one_that_the_settings_read(services):
    known = set(re.findall(r"""env(?:\.\w+)?\(\s*"([A-Z_]+)\"""", (ROOT / "xinyijian/settings.py").read_text(encoding="utf-8")))
    for service in ours(services).values():
        assert {name.removesuffix("_FILE") for name in service["environment"]} <= known


def test_every_secret_is_a_file_that_we_make(compose, services, tmp_path):
    own_secrets.make(tmp_path / "secrets")
    made = {path.name for path in (tmp_path / "secrets").iterdir()}
    assert set(compose["secrets"]) == made
    assert (tmp_path / "secrets").stat().st_mode & 0o077 == 0
    for name, service in services.items():
        named = {value.rsplit("/", 1)[1] for key, value in service.get("environment", {}).items() if key.endswith("_FILE")}
        assert named <= set(service.get("secrets", ())), name


def test_secrets_that_are_there_stay(tmp_path):
    first = own_secrets.make(tmp_path)
    before = {name: (tmp_path / name).read_text() for name in first}
    (tmp_path / "app_url").unlink()
    assert own_secrets.make(tmp_path) == ["app_url"]
    assert {name: (tmp_path / name).read_text() for name in first} == before
    assert before["app_password"] in before["app_url"]


def test_every_value_of_the_environment_is_explained(text):
    explained = (ROOT / "docs/operations.md").read_text(encoding="utf-8")
    assert [name for name in set(re.findall(r"\$\{([A-Z_]+)", text)) if f"`{name}`" not in explained] == []


def test_the_settings_read_secrets_from_files(tmp_path):
    own_secrets.make(tmp_path)
    names = {"DATABASE_URL": "app_url", "SECRET_KEY": "secret_key", "FIELD_KEYS": "field_keys", "INDEX_KEY": "index_key",
             "GATEWAY_SECRET": "gateway_secret"}  # fmt: skip
    code = "from xinyijian import settings as s; print(s.SECRET_KEY, s.DATABASES['default']['USER'], len(s.FIELD_KEYS))"
    env = {key: value for key, value in os.environ.items() if key not in names} | {"DEMO": "false"}
    env |= {f"{name}_FILE": str(tmp_path / file) for name, file in names.items()}
    said = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=env, capture_output=True, text=True, check=True).stdout
    assert said.split() == [(tmp_path / "secret_key").read_text(), "xinyijian_app", "1"]


@pytest.mark.django_db(transaction=True)
def test_the_health_check_of_a_container_tells_the_truth(live_server):
    broker = health.redis_client()
    broker.delete(health.BEAT_KEY, health.WORKER_KEY)
    assert healthy.web(live_server.url.removeprefix("http://"))  # without worker and beat, too
    assert not healthy.web("127.0.0.1:9")
    assert healthy.main("beat") == healthy.main("worker") == 1
    health.leave_time(health.BEAT_KEY)
    assert (healthy.main("beat"), healthy.main("worker")) == (0, 1)
    broker.delete(health.BEAT_KEY)
