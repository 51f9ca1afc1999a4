"""A simulated provincial sign-on: whoever asks chooses who she is. Keys and codes live as long as the process."""
import base64
import hashlib
import hmac
import secrets
import time
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponseRedirect, JsonResponse
from django.views.decorators.http import require_GET, require_POST
from joserfc import jwt
from joserfc.jwk import RSAKey

from . import people
from .views import page

LIFETIME = 60  # seconds, of a code
NAMES = {"what_zh": "统一身份认证", "what_en": "single sign-on"}
STAFF = ("clerk", "officer", "nobody")  # subjects without a certificate
KEY = RSAKey.generate_key(2048, {"kid": "demo", "use": "sig", "alg": "RS256"})
codes = {}


def _here(request):
    return f"http://{request.get_host()}/sign-on"


@require_GET
def discovery(request):
    here = _here(request)
    ends = {"authorization_endpoint": f"{here}/authorize", "token_endpoint": f"{here}/token", "jwks_uri": f"{here}/jwks"}
    return JsonResponse({"issuer": here, **ends, "response_types_supported": ["code"], "code_challenge_methods_supported": ["S256"]})


@require_GET
def jwks(request):
    return JsonResponse({"keys": [KEY.as_dict(private=False)]})


@require_GET
def authorize(request):
    """Who shall it be? With ?as= she has chosen, and goes back with a code."""
    asked = request.GET
    if asked.get("client_id") != settings.OIDC_CLIENT_ID or not asked.get("redirect_uri", "").startswith(settings.SITE_URL):
        return JsonResponse({"error": "unauthorized_client"}, status=400)
    if "as" not in asked:
        return page(request, "gateways/sign_on.html", **NAMES, people=people.everybody(), staff=STAFF)
    code = secrets.token_urlsafe(24)
    codes[code] = {"sub": asked["as"], "until": time.time() + LIFETIME, **{name: asked.get(name, "") for name in (
        "nonce", "code_challenge", "redirect_uri", "state")}}
    return HttpResponseRedirect(f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked.get('state', '')})}")


@require_POST
def token(request):
    """One use of a code, by whom it was made for, with the verifier of its challenge."""
    given, form = request.headers.get("Authorization", ""), request.POST
    right = base64.b64encode(f"{settings.OIDC_CLIENT_ID}:{settings.OIDC_CLIENT_SECRET}".encode()).decode()
    if not hmac.compare_digest(given, f"Basic {right}"):
        return JsonResponse({"error": "invalid_client"}, status=401)
    row = codes.pop(form.get("code", ""), None)
    challenge = base64.urlsafe_b64encode(hashlib.sha256(form.get("code_verifier", "").encode()).digest()).rstrip(b"=").decode()
    asked = challenge, form.get("redirect_uri")
    if row is None or time.time() > row["until"] or (row["code_challenge"], row["redirect_uri"]) != asked:
        return JsonResponse({"error": "invalid_grant"}, status=400)
    return JsonResponse({"access_token": secrets.token_urlsafe(16), "token_type": "Bearer", "id_token": _id_token(_here(request), row)})


def _id_token(issuer, row):
    now, who = int(time.time()), people.one(row["sub"])
    claims = {"iss": issuer, "aud": settings.OIDC_CLIENT_ID, "sub": row["sub"], "nonce": row["nonce"], "iat": now, "exp": now + 300}
    if who:
        claims |= {"name": who["name"], "cert_type": who["cert_type"], "cert_number": who["cert_number"]}
    elif row["sub"] == "officer":
        claims |= {"amr": ["pwd", "otp"]}
    return jwt.encode({"alg": "RS256", "kid": "demo"}, claims, KEY)
