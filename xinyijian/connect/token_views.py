"""POST /api/v1/token/: a key's id and secret become a token for half an hour (RFC 6749, client credentials)."""

import json

from drf_spectacular.utils import OpenApiExample, extend_schema
from oauth2_provider.views.mixins import OAuthLibMixin
from rest_framework import serializers
from rest_framework.parsers import FormParser
from rest_framework.response import Response

from xinyijian.casework.api.problems import Problem
from xinyijian.casework.api.views import ApiView
from xinyijian.people import sign_in

from . import tokens
from .validator import given


class TokenQuestion(serializers.Serializer):
    """How a token is asked for; id and secret by HTTP Basic, or here."""

    grant_type = serializers.ChoiceField(["client_credentials"])
    scope = serializers.CharField(required=False, help_text="some of the key's scopes, with spaces; all of them when left out")
    client_id = serializers.CharField(required=False)
    client_secret = serializers.CharField(required=False)


class Token(serializers.Serializer):
    """A bearer token."""

    access_token = serializers.CharField()
    token_type = serializers.CharField()
    expires_in = serializers.IntegerField(help_text="seconds")
    scope = serializers.CharField()


class TokenView(OAuthLibMixin, ApiView):
    """Locked for a quarter of an hour after five wrong tries of one client from one address."""

    authentication_classes, permission_classes = [], []
    parser_classes = [FormParser]
    scopes, problems = {"POST": None}, ("token_refused", "wrong_client", "locked")
    http_method_names = ["post"]

    @extend_schema(
        operation_id="token",
        summary="Get a token",
        tags=["token"],
        auth=[{"key": []}, {}],
        request={"application/x-www-form-urlencoded": TokenQuestion},
        responses={200: Token},
        examples=[
            OpenApiExample("Asking", {"grant_type": "client_credentials", "scope": "eligibility:read"}, request_only=True),
            OpenApiExample(
                "A token",
                {"access_token": "9wZc…", "token_type": "Bearer", "expires_in": 1800, "scope": "eligibility:read"},
                response_only=True,
                status_codes=["200"],
            ),
        ],
    )
    def post(self, request):
        asked = request._request  # the framework's own request: axes and django-oauth-toolkit know no other
        name, _secret = given(asked.META.get("HTTP_AUTHORIZATION", ""), request.data.get("client_id"), request.data.get("client_secret"))
        if wait := tokens.seconds_left(asked, name):
            raise Problem("locked", retry_after=wait, error="invalid_client")
        _url, _headers, body, status = self.create_token_response(asked)
        answer = json.loads(body)
        if status == 200:
            tokens.note_use(asked, name)
            return Response(answer)
        if answer.get("error") == "invalid_client":
            sign_in.note_failure(asked, name)
            raise Problem("wrong_client", error="invalid_client")
        raise Problem("token_refused", error=answer.get("error", "invalid_request"))
