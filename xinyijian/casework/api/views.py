"""The base of every REST view."""

from datetime import UTC
from email.utils import format_datetime

from django.conf import settings
from rest_framework.exceptions import MethodNotAllowed, ParseError
from rest_framework.parsers import JSONParser
from rest_framework.permissions import BasePermission
from rest_framework.views import APIView

from xinyijian.casework.business_time import business_now

from .limits import spend
from .problems import Problem

VERSION = "1.0"
PAGE, LONGEST_PAGE = 50, 200  # rows


class HasScope(BasePermission):
    """Whether the caller's key has the scope that the view names for this method."""

    def has_permission(self, request, view):
        if request.auth is None:
            return False  # becomes 401
        if request.method == "OPTIONS":
            return True
        if request.method not in view.scopes:
            raise MethodNotAllowed(request.method)
        needed = view.scopes[request.method]
        if needed not in request.auth.scopes:
            raise Problem("scope_missing", needed_scope=needed)
        return True


class Json(JSONParser):
    """What nests deeper than can be read is the caller's mistake and not ours."""

    def parse(self, stream, media_type=None, parser_context=None):
        try:
            return super().parse(stream, media_type, parser_context)
        except RecursionError as error:
            raise ParseError from error


class ApiView(APIView):
    """Machines' view: `scopes` names one for each method; `deprecated_at` and `gone_at` announce its end in headers."""

    scopes: dict[str, str] = {}
    problems: tuple[str, ...] = ()  # of KINDS, beside those that every view may give
    permission_classes = [HasScope]
    parser_classes = [Json]
    http_method_names = ["get", "post", "patch"]
    largest = settings.API_LARGEST_BODY  # bytes
    deprecated_at = gone_at = None  # moments

    def initial(self, request, *args, **kwargs):
        """Before the deed: known, allowed, not too often, not too large."""
        self.at = business_now()
        super().initial(request, *args, **kwargs)
        if _size(request) > self.largest:
            raise Problem("too_large", largest=self.largest)
        if request.auth is not None:
            spend(request.auth.client_id)

    def finalize_response(self, request, response, *args, **kwargs):
        return self.said_of_itself(super().finalize_response(request, response, *args, **kwargs))

    def said_of_itself(self, response):
        """Version, no keeping, and when it ends."""
        response["API-Version"], response["Cache-Control"] = VERSION, "no-store"
        if self.deprecated_at:
            response["Deprecation"] = f"@{int(self.deprecated_at.timestamp())}"
            response["Link"] = '</api/#versions>; rel="deprecation"; type="text/html"'
        if self.gone_at:
            response["Sunset"] = format_datetime(self.gone_at.astimezone(UTC), usegmt=True)
        return response


def _size(request) -> int:
    said = request.META.get("CONTENT_LENGTH") or "0"
    return int(said) if said.isdecimal() else 0
