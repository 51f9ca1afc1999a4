"""docker-compose.yml and Dockerfile, as far as they can be judged without an engine (none was ever available)."""
import re

import pytest
import yaml

from tests.house import text_of
from tests.infra.test_operations import read_from_the_environment
from xinyijian.serve.programs import portal

COMPOSE = yaml.safe_load(text_of("docker-compose.yml"))
SERVICES = COMPOSE["services"]
OURS = ("web", "worker", "beat", "migrate")


def words(command) -> list[str]:
    """A command's words, without where Python and the programs lie."""
    found = command.split() if isinstance(command, str) else [str(word) for word in command]
    return [word.rpartition("/")[2] for word in found]


@pytest.mark.parametrize("name", OURS)
def test_every_variable_is_one_that_the_settings_read(name):
    assert set(SERVICES[name]["environment"]) <= read_from_the_environment()


def test_there_is_one_beat():
    beats = [name for name, service in SERVICES.items() if "beat" in words(service.get("command", ""))]
    assert beats == ["beat"] and "deploy" not in SERVICES["beat"]


@pytest.mark.parametrize("name", ["worker", "beat"])
def test_celery_is_started_as_the_supervisor_starts_it(name):
    native = {program.name: words(program.command) for program in portal("8000", {"DATA_DIR": "/data"})}[name]
    assert words(SERVICES[name]["command"])[:4] == native[native.index("celery"):][:4] == ["celery", "-A", "xinyijian", name]


@pytest.mark.parametrize("name", ["web", "postgres", "redis"])
def test_a_server_says_whether_it_is_well(name):
    assert SERVICES[name]["healthcheck"]["test"][0] == "CMD"


def test_the_image_runs_as_a_user_who_is_not_root():
    assert re.findall(r"^USER (\w+)$", text_of("Dockerfile"), re.M)[-1:] == ["portal"]


def test_no_secret_stands_in_the_file():
    secrets = {n: v for n, v in SERVICES["web"]["environment"].items() if n.endswith(("_KEY", "_KEYS", "_SECRET"))}
    assert secrets and all(str(value).startswith("${") for value in secrets.values())
    assert all("PASSWORD" not in n or v.startswith("${") for n, v in SERVICES["postgres"]["environment"].items())


def test_only_the_owners_service_is_given_the_owners_address():
    assert [name for name in OURS if "xinyijian_owner" in SERVICES[name]["environment"]["DATABASE_URL"]] == ["migrate"]
