"""The part of the settings that concerns machines: who gets in, how often, and how the interface describes itself."""
import environ

env = environ.Env()

REST_FRAMEWORK = {  # machines only: nothing here is ever let in by a cookie
    "DEFAULT_AUTHENTICATION_CLASSES": ["xinyijian.connect.authentication.ByToken"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "EXCEPTION_HANDLER": "xinyijian.casework.api.problems.problem",
    "DEFAULT_SCHEMA_CLASS": "xinyijian.connect.schema.Schema",
    "UNAUTHENTICATED_USER": None,
    "URL_FORMAT_OVERRIDE": None,
}

API_CALLS_A_MINUTE = env.int("API_CALLS_A_MINUTE", default=600)  # of one key
API_MISSES_AN_HOUR = env.int("API_MISSES_AN_HOUR", default=100)  # looks of one live key that find nobody: whoever guesses is stopped
API_LARGEST_BODY = 64 * 1024  # bytes; files have a limit of their own
SANDBOX_REGION = env("SANDBOX_REGION", default="439999")  # under the deployment's own province, whose rules hold there; nobody lives there
OAUTH2_PROVIDER_APPLICATION_MODEL = "connect.Client"
OAUTH2_PROVIDER = {
    "OAUTH2_VALIDATOR_CLASS": "xinyijian.connect.validator.KeyValidator",
    "SCOPES_BACKEND_CLASS": "xinyijian.connect.scopes.OfTheKey",
    "ACCESS_TOKEN_EXPIRE_SECONDS": 1800,
} | {f"COMPLIANT_BCP_RFC9700_{name}": True for name in (
    "IMPLICIT_GRANT", "PASSWORD_GRANT", "PKCE_METHOD", "ACCESS_TOKEN_TRANSPORT", "AUTHZ_RESPONSE_ISS", "TOKEN_STORAGE")}
SPECTACULAR_SETTINGS = {
    "TITLE": "信易健 REST",
    "VERSION": "1.0",
    "DESCRIPTION": "How hospitals' systems ask about eligibility and file for patients. Start at /api/.",
    "SERVE_INCLUDE_SCHEMA": False,
    "PREPROCESSING_HOOKS": ["xinyijian.connect.schema.machines_only"],
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SERVE_AUTHENTICATION": [],
    "SCHEMA_PATH_PREFIX": "/api/v1/",
    "COMPONENT_SPLIT_REQUEST": True,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
}
