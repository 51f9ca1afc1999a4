"""A provincial single sign-on (统一身份认证) by OpenID Connect: authorisation code with PKCE, state and nonce.

Every address that the provider names must be at the issuer itself: what a discovery document says sends our server nowhere else.
"""
import base64
import hashlib
import json
import secrets
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

import urllib3
from django.conf import settings
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from .errors import Rejected, Unavailable
from .http import pool

ALGORITHMS = ["RS256", "ES256"]
LARGEST, LEEWAY = 200_000, 60  # bytes of an answer; seconds by which clocks may differ
SECOND_PROOFS = {"mfa", "otp", "hwk", "swk", "pop"}  # RFC 8176


@dataclass(frozen=True, slots=True)
class Question:
    """What one browser was sent to ask; kept in its session until the answer comes."""

    state: str
    nonce: str
    verifier: str

    @classmethod
    def fresh(cls) -> "Question":
        return cls(*(secrets.token_urlsafe(32) for _ in range(3)))


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom the provider vouches for. Name and certificate only where it asserts them; `strong`: she gave a second proof there."""

    issuer: str
    subject: str = field(repr=False)
    name: str = field(repr=False)
    cert_type: str
    cert_number: str = field(repr=False)
    strong: bool


def address_for(question: Question, back: str) -> str:
    """Where the browser is sent; Unavailable when the provider does not say."""
    challenge = base64.urlsafe_b64encode(hashlib.sha256(question.verifier.encode()).digest()).rstrip(b"=").decode()
    asked = {"response_type": "code", "client_id": settings.OIDC_CLIENT_ID, "redirect_uri": back, "scope": settings.OIDC_SCOPE,
             "state": question.state, "nonce": question.nonce, "code_challenge": challenge, "code_challenge_method": "S256"}
    return f"{_discover()['authorization_endpoint']}?{urlencode(asked)}"


def subject_of(code: str, question: Question, back: str) -> Subject:
    """Whom the code stands for; Unavailable without an answer, Rejected when the answer does not fit the question."""
    found = _discover()
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": back, "code_verifier": question.verifier,
            "client_id": settings.OIDC_CLIENT_ID}
    key = urllib3.util.make_headers(basic_auth=f"{settings.OIDC_CLIENT_ID}:{settings.OIDC_CLIENT_SECRET}")
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = _json("POST", found["token_endpoint"], body=urlencode(form), headers=key | kind)
    claims = _claims(str(answer.get("id_token", "")), _json("GET", found["jwks_uri"]), question)
    asserted = {part: str(claims.get(name) or "") for part, name in settings.OIDC_CLAIMS.items()}
    strong = bool(SECOND_PROOFS & set(claims.get("amr") or ()))
    return Subject(issuer=settings.OIDC_ISSUER, subject=str(claims["sub"]), strong=strong, **asserted)


def _claims(token, keys, question):
    """Signature, issuer, audience, times and nonce; OpenID Connect Core 3.1.3.7."""
    rules = jwt.JWTClaimsRegistry(
        leeway=LEEWAY, iss={"essential": True, "value": settings.OIDC_ISSUER}, aud={"essential": True, "value": settings.OIDC_CLIENT_ID},
        nonce={"essential": True, "value": question.nonce}, exp={"essential": True}, iat={"essential": True}, sub={"essential": True},
    )
    try:
        claims = jwt.decode(token, KeySet.import_key_set(keys), algorithms=ALGORITHMS).claims
        rules.validate(claims)
    except (JoseError, ValueError, KeyError, TypeError) as error:
        raise Rejected("id_token", type(error).__name__) from error
    if claims.get("azp", settings.OIDC_CLIENT_ID) != settings.OIDC_CLIENT_ID:
        raise Rejected("id_token", "azp")
    return claims


def _discover():
    found = _json("GET", settings.OIDC_ISSUER.rstrip("/") + "/.well-known/openid-configuration")
    if found.get("issuer") != settings.OIDC_ISSUER:
        raise Rejected("issuer", "another issuer")
    for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
        _stay_there(str(found.get(name, "")))
    return found


def _stay_there(address):
    """Same scheme, host and port as the issuer; outside a demo that is https."""
    here, there = urlsplit(settings.OIDC_ISSUER), urlsplit(address)
    if (here.scheme, here.netloc) != (there.scheme, there.netloc) or not (there.scheme == "https" or settings.DEMO):
        raise Rejected("address", "an address elsewhere")


def _json(method, address, **more):
    _stay_there(address)
    once = {"timeout": settings.GATEWAY_TIMEOUT, "retries": False, "redirect": False, "preload_content": False}
    try:
        response = pool.request(method, address, **once, **more)
        try:
            status, body = response.status, response.read(LARGEST)
        finally:
            response.drain_conn()
            response.release_conn()
        answer = json.loads(body)
    except (urllib3.exceptions.HTTPError, OSError, ValueError) as error:
        raise Unavailable(type(error).__name__) from error
    if status >= 500 or not isinstance(answer, dict):
        raise Unavailable(f"HTTP {status}")
    if status != 200:
        raise Rejected(str(answer.get("error", status)), "")
    return answer
