"""How a machine is told that something went wrong: problem details (RFC 9457)."""
from http import HTTPStatus

from rest_framework.exceptions import ValidationError
from rest_framework.views import exception_handler


def problem(error, context):
    """The exception handler of every REST view; what is a bug stays None and becomes a 500."""
    response = exception_handler(error, context)
    if response is None:
        return None
    body = {"type": "about:blank", "title": HTTPStatus(response.status_code).phrase, "status": response.status_code}
    if isinstance(error, ValidationError):
        body["errors"] = response.data
    else:
        body["detail"] = str(response.data.get("detail", ""))
    response.data, response.content_type = body, "application/problem+json"
    return response
