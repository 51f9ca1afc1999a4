"""How django-oauth-toolkit knows a key: two secrets are good while one replaces the other, and only client credentials are granted."""

import base64
import binascii
from urllib.parse import unquote_plus

from django.contrib.auth.hashers import make_password
from django.utils import timezone
from oauth2_provider.oauth2_validators import OAuth2Validator

CREDENTIALS = "client_credentials"


class KeyValidator(OAuth2Validator):
    def authenticate_client(self, request, *args, **kwargs):
        """By HTTP Basic, or by client_id and client_secret in the body."""
        client_id, secret = given(request.headers.get("HTTP_AUTHORIZATION", ""), request.client_id, getattr(request, "client_secret", ""))
        client = self._load_application(client_id, request)
        if client is None:
            make_password(secret)  # takes as long as looking: an unknown name answers no sooner than a wrong secret
            return False
        return client.accepts(secret, timezone.now())

    def validate_grant_type(self, client_id, grant_type, client, request, *args, **kwargs):
        """Nobody signs in here on behalf of a person."""
        return grant_type == CREDENTIALS


def given(authorization: str, client_id, secret) -> tuple[str, str]:
    """(client_id, secret) of a request; empty where there is none or it cannot be read."""
    scheme, _space, text = authorization.partition(" ")
    if scheme.lower() == "basic":
        try:
            client_id, _colon, secret = base64.b64decode(text, validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError, ValueError):
            return "", ""
        client_id, secret = unquote_plus(client_id), unquote_plus(secret)
    return client_id or "", secret or ""
