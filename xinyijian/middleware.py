"""What every request passes through."""
from django.utils import translation

from .preferences import language_of


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
