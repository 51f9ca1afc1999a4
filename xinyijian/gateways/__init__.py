"""The outside world behind small interfaces. On Unavailable try again with the same key; on Rejected tell a person."""
from .errors import Rejected, Unavailable

__all__ = ["Rejected", "Unavailable"]
