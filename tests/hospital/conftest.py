"""Hospitals under the law of the land, and what a member of staff sees at the desk."""
import pytest

from tests.law import law

__all__ = ["law"]


@pytest.fixture(autouse=True)
def under_the_law(law):
    """Who may be looked up and how late a sheet may be entered is policy."""
