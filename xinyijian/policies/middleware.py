"""Each request sees the policy values of now: other processes may have changed them."""
from .params import refresh


class FreshPolicies:
    """Asks for changes at the beginning of a request, at most one query a second."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        refresh()
        return self.get_response(request)
