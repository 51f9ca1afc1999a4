"""When something goes wrong: clear words, what to do, and the counter's phone. No database, so that nothing fails twice."""
from django.shortcuts import render

from .preferences import display_of


def csrf_failure(request, reason=""):
    """A form was older than its session, or came from elsewhere."""
    return render(request, "403_csrf.html", status=403)


def server_error(request):
    """A bug of ours; Django's own handler would render without language and size."""
    return render(request, "500.html", {"display": display_of(request)}, status=500)
