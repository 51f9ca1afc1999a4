"""How a machine is told that something went wrong: problem details (RFC 9457), with every reason and never only the first."""

from django.core.exceptions import PermissionDenied
from django.core.exceptions import ValidationError as FormError
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.renderers import JSONRenderer

from xinyijian.casework.rules import Refused
from xinyijian.gateways import Unavailable

from .kinds import KINDS

CONTENT_TYPE = "application/problem+json"
OF_DRF = {  # exact classes of the framework -> our kind
    exceptions.ParseError: "unreadable",
    exceptions.NotAuthenticated: "unauthenticated",
    exceptions.AuthenticationFailed: "unauthenticated",
    exceptions.NotFound: "not_found",
    exceptions.MethodNotAllowed: "method_not_allowed",
    exceptions.NotAcceptable: "not_acceptable",
    exceptions.UnsupportedMediaType: "unsupported_media_type",
    exceptions.PermissionDenied: "forbidden",
}
WAIT = 30  # seconds, while another system does not answer


class Problem(Exception):
    """A refusal that only machines meet; `code` names one of KINDS."""

    def __init__(self, code, detail="", errors=(), retry_after=None, **members):
        self.kind, self.detail, self.errors, self.retry_after, self.members = KINDS[code], detail, list(errors), retry_after, members
        super().__init__(code)


def problem(error, context):
    """The exception handler of every REST view; what is a bug stays None and becomes a 500."""
    found = _as_problem(error)
    if found is None:
        return None
    return HttpResponse(JSONRenderer().render(body_of(found)), status=found.kind.status, content_type=CONTENT_TYPE, headers=_headers(found))


def plain_answer(code) -> HttpResponse:
    """The same outside the framework: for an address that is none, and for a bug of ours."""
    return problem(Problem(code), {})


def body_of(found: Problem) -> dict:
    """type, title, status, detail (what to do), and errors where there are several reasons."""
    kind = found.kind
    body = {
        "type": kind.type,
        "title": str(kind.title),
        "status": kind.status,
        "code": kind.code,
        "detail": str(found.detail or kind.remedy),
    }
    return body | ({"errors": found.errors} if found.errors else {}) | found.members


def reason(code, text, *, basis="", remedy="", field="") -> dict:
    """One entry of errors; always the same members."""
    return {"code": str(code), "text": str(text), "basis": str(basis), "remedy": str(remedy), "field": field}


def _as_problem(error) -> Problem | None:
    if isinstance(error, Problem):
        return error
    if isinstance(error, Refused):
        return Problem("refused", errors=[reason(u.code, u.text, basis=u.basis, remedy=u.remedy) for u in error.unmet])
    if isinstance(error, exceptions.ValidationError):
        return Problem("invalid", errors=list(_fields(error.get_full_details())))
    if isinstance(error, FormError):
        return Problem("invalid", errors=[reason(e.code or "invalid", text) for e in error.error_list for text in e.messages])
    if isinstance(error, Unavailable):
        return Problem("unavailable", retry_after=WAIT)
    simple = {Http404: "not_found", PermissionDenied: "forbidden"} | OF_DRF
    code = next((code for kind, code in simple.items() if isinstance(error, kind)), None)
    return Problem(code) if code else None


def _headers(found) -> dict:
    headers = {"Retry-After": str(found.retry_after)} if found.retry_after is not None else {}
    if found.kind.status == 401:
        headers["WWW-Authenticate"] = 'Basic realm="api"' if found.kind.code == "wrong_client" else 'Bearer realm="api"'
    return headers


def _fields(details, path=()):
    """Every leaf of the framework's nested details, with its path."""
    if isinstance(details, dict) and set(details) == {"message", "code"}:
        yield reason(
            details["code"],
            details["message"],
            field=".".join(p for p in path if p != "non_field_errors"),
            remedy=_("Leave it out") if details["code"] == "unknown" else "",
        )
        return
    for key, below in details.items() if isinstance(details, dict) else ((None, each) for each in details):
        yield from _fields(below, path if key is None else (*path, str(key)))
