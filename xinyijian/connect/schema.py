"""What the OpenAPI document says of every operation alike: how one signs in, which problems may come, which header a write needs."""

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse
from rest_framework import serializers

from xinyijian.casework.api.kinds import KINDS
from xinyijian.casework.api.problems import CONTENT_TYPE, Problem, body_of, reason

from .scopes import SCOPES

KEY = OpenApiParameter(
    "Idempotency-Key",
    str,
    OpenApiParameter.HEADER,
    required=True,
    pattern="^[!-~]{8,200}$",
    description="new for each deed, the same when you repeat it",
)
ALWAYS = ("unauthenticated", "scope_missing", "not_acceptable", "too_many_requests")
WITH_BODY = ("unreadable", "too_large", "unsupported_media_type", "invalid")
WRITES = ("key_missing", "in_flight", "key_reused", "refused", "forbidden")


def machines_only(endpoints):
    """The document tells of /api/v1/ alone."""
    return [endpoint for endpoint in endpoints if endpoint[0].startswith("/api/v1/")]


class Reason(serializers.Serializer):
    """One of several reasons."""

    code = serializers.CharField()
    text = serializers.CharField()
    basis = serializers.CharField(allow_blank=True, help_text="the rule that asks for it")
    remedy = serializers.CharField(allow_blank=True, help_text="what to do about it")
    field = serializers.CharField(allow_blank=True)


class ProblemDetails(serializers.Serializer):
    """RFC 9457."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    code = serializers.ChoiceField(sorted(KINDS))
    detail = serializers.CharField()
    errors = Reason(many=True, required=False)


class Schema(AutoSchema):
    """drf-spectacular's own, and what all of our operations share."""

    def get_override_parameters(self):
        """The key of a write."""
        method = getattr(self.view, self.method.lower(), None)
        return [*super().get_override_parameters(), *([KEY] if getattr(method, "needs_key", False) else [])]

    def _get_response_bodies(self, direction="response"):
        bodies = super()._get_response_bodies(direction)
        by_status = {}
        for kind in self._kinds():
            by_status.setdefault(str(kind.status), []).append(kind)
        for status, kinds in sorted(by_status.items()):
            bodies[status] = self._problem(status, kinds)
        return bodies

    def _problem(self, status, kinds):
        """One answer with an example for each kind."""
        said = OpenApiResponse(
            ProblemDetails,
            description=" / ".join(str(kind.title) for kind in kinds),
            examples=[OpenApiExample(kind.code, body_of(_example(kind)), status_codes=[status], response_only=True) for kind in kinds],
        )
        found = self._get_response_for_code(said, status, media_types=[CONTENT_TYPE])
        if int(status) in (429, 503):
            found["headers"] = {"Retry-After": {"schema": {"type": "integer"}, "description": "seconds"}}
        return found

    def _kinds(self):
        method = getattr(self.view, self.method.lower(), None)
        codes = list(ALWAYS) if self.view.authentication_classes else ["not_acceptable"]
        codes += self.view.problems
        codes += WITH_BODY if self.method in ("POST", "PATCH") else ("invalid",) if self._asks() else ()
        codes += WRITES if getattr(method, "needs_key", False) else ()
        codes += ("not_found",) if "{" in self.path else ()
        return [KINDS[code] for code in dict.fromkeys(codes)]

    def _asks(self):
        return any(
            p.location == OpenApiParameter.QUERY if isinstance(p, OpenApiParameter) else True for p in self.get_override_parameters()
        )


class Token(OpenApiAuthenticationExtension):
    """The way in, for Swagger UI's own form and for generators."""

    target_class = "xinyijian.connect.authentication.ByToken"
    name = "key"

    def get_security_definition(self, auto_schema):
        flow = {"tokenUrl": "/api/v1/token/", "scopes": {name: str(text) for name, text in SCOPES.items()}}
        return {"type": "oauth2", "flows": {"clientCredentials": flow}}

    def get_security_requirement(self, auto_schema):
        """The scope that this method asks for."""
        return {self.name: [auto_schema.view.scopes[auto_schema.method]]}


def _example(kind):
    errors = {"refused": [reason("too_many_cities", "…", basis="S3.19", remedy="…")], "invalid": [reason("required", "…", field="psn_no")]}
    return Problem(kind.code, errors=errors.get(kind.code, ()))
