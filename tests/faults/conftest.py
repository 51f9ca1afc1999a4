import pytest
import redis

from tests.faults.children import Children, broker_url
from tests.law import law
from tests.town import build

__all__ = ["law"]


@pytest.fixture
def committed_town(transactional_db, law):
    """The small town, in committed rows that other processes see."""
    return build()


@pytest.fixture
def children(tmp_path):
    """Starts processes; none outlives the test."""
    started = Children(tmp_path)
    yield started
    started.end()


@pytest.fixture
def broker():
    """The empty Redis database through which a test speaks to its worker."""
    client = redis.Redis.from_url(broker_url())
    client.flushdb()
    yield client
    client.flushdb()
    client.close()
