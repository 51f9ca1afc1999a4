"""What every test may ask for."""
import pytest

from .town import build


@pytest.fixture
def town(db):
    """The small town in which the tests happen (town.py): people, posts and places; no case is open in it."""
    return build()
