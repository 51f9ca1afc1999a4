"""What every test run needs; the small town of the tests stands in tests/conftest.py."""
from importlib.util import find_spec

PLUGINS = ("browser", "database", "honest", "order", "requirements", "simulators")
pytest_plugins = [name for name in (f"tests.plugins.{plugin}" for plugin in PLUGINS) if find_spec(name)]
