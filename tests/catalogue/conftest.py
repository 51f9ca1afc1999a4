"""The law of the land, for every test here."""
from tests.law import law

__all__ = ["law"]
