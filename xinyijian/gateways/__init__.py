"""The outside world behind small interfaces. Whoever calls tries again on Unavailable, with the same key, and tells a person on Rejected."""
from .errors import Rejected, Unavailable

__all__ = ["Rejected", "Unavailable"]
