"""The sandbox: a region in which nobody lives. Its people are made up, and no live data is ever asked for them."""
from django.conf import settings


def is_sandbox(region_code: str) -> bool:
    """Whether this insurance region is the sandbox."""
    return region_code == settings.SANDBOX_REGION
