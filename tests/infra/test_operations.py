"""docs/operations.md names every setting that is read from the environment, and no other; its commands exist."""
import re

from django.core.management import get_commands

from tests.house import text_of

PAGE = text_of("docs/operations.md")
READ = r'\benv(?:\.\w+)?\("([A-Z_]+)"'


def read_from_the_environment() -> set[str]:
    return {name for file in ("xinyijian/settings.py", "xinyijian/connect/settings.py") for name in re.findall(READ, text_of(file))}


def test_the_table_of_settings_is_complete():
    table = PAGE.split("## Settings")[1].split("## Deploy")[0]
    first = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    assert set(re.findall(r"`([A-Z_]+)`", " ".join(first))) == read_from_the_environment()


def test_every_command_of_the_page_exists():
    named = set(re.findall(r"manage\.py (\w+)", PAGE))
    assert named and named <= get_commands().keys()
