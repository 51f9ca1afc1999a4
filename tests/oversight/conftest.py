import pytest

from tests.law import law

__all__ = ["law"]


@pytest.fixture(autouse=True)
def under_the_law(law):
    """Every case needs the rules of its region."""
