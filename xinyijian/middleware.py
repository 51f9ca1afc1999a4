"""What every request passes through."""
from django.urls import Resolver404, get_resolver, resolve
from django.utils import translation

from xinyijian.casework.api.problems import plain_answer
from xinyijian.policies import refresh

from .preferences import language_of

MACHINES = "/api/v1/"


class LanguageMiddleware:
    """Speaks the language of the cookie; Django's own middleware would follow Accept-Language."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with translation.override(language_of(request)):
            request.LANGUAGE_CODE = translation.get_language()
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language())
        return response


class NoNul:
    """No address of ours has a NUL in it, and no database takes one: there is no such page."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if "\0" in request.path_info:
            return get_resolver().resolve_error_handler(404)(request, exception=None)
        return self.get_response(request)


class MachineDoor:
    """Answers /api/v1/ at once, without sessions, cookies, forms and messages, which no machine has. The rest goes on.

    The language is the one that the machine asks for. A path without its last slash is taken as if it had it.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not request.path_info.startswith(MACHINES):
            return self.get_response(request)
        refresh()  # policies that another process has changed
        with translation.override("en" if request.headers.get("Accept-Language", "").startswith("en") else "zh-hans"):
            response = self.answer(request)
            response.headers["Content-Language"] = translation.get_language()
        response.headers["X-Frame-Options"], response.headers["Content-Length"] = "DENY", str(len(response.content))
        return response

    def answer(self, request):
        """What the view says; a bug of ours goes up and becomes errors.server_error."""
        path = request.path_info
        try:
            request.resolver_match = found = resolve(path if path.endswith("/") else f"{path}/")
        except Resolver404:
            return plain_answer("not_found")
        response = found.func(request, *found.args, **found.kwargs)
        return response.render() if hasattr(response, "render") else response
