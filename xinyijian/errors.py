"""When something goes wrong: clear words, what to do, and the counter's phone. No database, so that nothing fails twice."""
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import translation

from xinyijian.casework.api.problems import plain_answer

from .context import without_database
from .middleware import MACHINES
from .preferences import language_of

DRAWN = {}  # each page of trouble in each dress and language: whoever tries addresses all day long costs little


def not_found(request, exception):
    """What does not exist, and what somebody may not see: the same words."""
    return _page(request, "404.html", 404)


def forbidden(request, exception):
    """A step that this user may not take."""
    return _page(request, "403.html", 403)


def csrf_failure(request, reason=""):
    """A form was older than its session, or came from elsewhere."""
    return _page(request, "403_csrf.html", 403)


class WordsForNothing:
    """Middleware: an address that only takes what a button sends says so, where Django answers with an empty page."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        answer = self.get_response(request)
        if answer.status_code != 405 or answer.content:
            return answer
        page = _page(request, "405.html", 405)
        page.headers["Allow"] = answer.headers["Allow"]
        return page


def bad_request(request, exception):
    """Something that we cannot read."""
    return _page(request, "400.html", 400)


def server_error(request):
    """A bug of ours."""
    if request.path_info.startswith(MACHINES):
        return plain_answer("error")
    return _page(request, "500.html", 500)


def _page(request, template: str, status: int) -> HttpResponse:
    told = without_database(request)
    told.pop("here")  # no page of trouble repeats an address
    language = language_of(request)
    key = template, language, str(told)
    if key not in DRAWN:
        with translation.override(language):
            DRAWN[key] = render_to_string(template, told)
    return HttpResponse(DRAWN[key], status=status)
