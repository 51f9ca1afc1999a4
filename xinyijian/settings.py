"""One settings file, read from the environment; every default is that of the demo on one machine."""
from pathlib import Path
from urllib.parse import unquote

import environ
from csp.constants import NONE, SELF
from whitenoise.compress import Compressor

from xinyijian.connect.settings import *  # what concerns machines
from xinyijian.gateways.sign_on_settings import *

env = environ.FileAwareEnv()  # NAME_FILE names a file that holds the value of NAME: secrets of containers
BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env("DATA_DIR", default=str(BASE_DIR / ".var")))

DEMO = env.bool("DEMO", default=True)  # demo sign-ins, gallery, simulated time
DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env("SECRET_KEY", default="demo-only-secret-key-that-no-real-bureau-uses" if DEMO else environ.Env.NOTSET)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]", "testserver"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
OFFICIAL_NAME = env("OFFICIAL_NAME", default="")  # until it is set every page, message and PDF says "demo"
SITE_URL = env("SITE_URL", default="http://127.0.0.1:8000")
COUNTER_PHONE = env("COUNTER_PHONE", default="0739-000-0001" if DEMO else "")  # on error pages, and where a bureau has entered none
COUNTER_ADDRESS = env("COUNTER_ADDRESS", default="青禾县示例路10号政务大厅一楼" if DEMO else "")
COUNTER_HOURS = env("COUNTER_HOURS", default="")

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.forms",
    "rest_framework",
    "oauth2_provider",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "axes",
    "csp",
    "django_fsm",
    "xinyijian.audit",
    "xinyijian.gateways",
    "xinyijian.policies",
    "xinyijian.people",
    "xinyijian.care",
    "xinyijian.casework",
    "remote_care",
    "family",
    "xinyijian.catalogue",
    "xinyijian.connect",
    "xinyijian.hospital",
    "data_rights",
    "xinyijian.oversight",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "xinyijian.middleware.MachineDoor",  # what machines ask goes no further down: no session, no cookie, no form
    "django.contrib.sessions.middleware.SessionMiddleware",
    "xinyijian.policies.middleware.FreshPolicies",
    "xinyijian.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "xinyijian.switching.Switches",
    "xinyijian.middleware.NoNul",
    "xinyijian.people.kiosk_middleware.AtKiosk",
    "xinyijian.people.middleware.IdleSignOut",
    "xinyijian.people.middleware.OwnPassword",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
    "xinyijian.errors.WordsForNothing",
]

ROOT_URLCONF = "xinyijian.urls"
WSGI_APPLICATION = "xinyijian.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True, "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "xinyijian.context.portal",
            ],
            "libraries": {"portal": "xinyijian.templatetags.portal"},
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "xinyijian.templatetags.portal"],
        },
    }
]

FORM_RENDERER = "xinyijian.forms.PortalRenderer"
CSRF_FAILURE_VIEW = "xinyijian.errors.csrf_failure"

# Two database roles: the owner migrates; the application may not change what is append-only.
DATABASES = {"default": env.db_url("DATABASE_URL", default="postgresql://xinyijian_app@%2Fvar%2Flib%2Fxinyijian%2Fpg/xinyijian")}
DATABASES["default"]["HOST"] = unquote(DATABASES["default"]["HOST"])  # django-environ leaves a socket folder quoted
DATABASES["default"]["CONN_MAX_AGE"] = None
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DATABASES["default"]["TEST"] = {"NAME": env("TEST_DATABASE", default="test_xinyijian")}
DATABASE_APP_ROLE = env("DATABASE_APP_ROLE", default="xinyijian_app")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEST_RUNNER = "django.test.runner.DiscoverRunner"

REDIS_URL = env("REDIS_URL", default="redis://127.0.0.1:6379/0")
CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}
CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = CELERY_TASK_ACKS_LATE = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = "Asia/Shanghai"
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_IMPORTS = ["xinyijian.health"]
CELERY_BEAT_SCHEDULER = "xinyijian.health:Scheduler"
CELERY_BEAT_SCHEDULE = {
    "heartbeat": {"task": "xinyijian.health.heartbeat", "schedule": 10.0, "options": {"expires": 30}},
    "tick": {"task": "xinyijian.casework.tasks.tick", "schedule": 60.0, "options": {"expires": 55}},
    "deliver": {"task": "xinyijian.casework.tasks.deliver", "schedule": 15.0, "options": {"expires": 14}},
    "run_errands": {"task": "xinyijian.casework.tasks.run_errands", "schedule": 15.0, "options": {"expires": 14}},
    "sweep_documents": {"task": "xinyijian.casework.tasks.sweep_documents", "schedule": 86400.0, "options": {"expires": 3600}},
    "clear_tokens": {"task": "xinyijian.connect.tasks.clear_tokens", "schedule": 3600.0, "options": {"expires": 1800}},
    "sweep_retention": {"task": "xinyijian.casework.tasks.sweep_retention", "schedule": 86400.0, "options": {"expires": 3600}},
    "run_proofs": {"task": "xinyijian.oversight.tasks.run_proofs", "schedule": 60.0, "options": {"expires": 55}},
    "end_what_death_ends": {"task": "family.tasks.end_what_death_ends", "schedule": 3600.0, "options": {"expires": 3000}},
    "read_grades": {"task": "family.tasks.read_grades", "schedule": 86400.0, "options": {"expires": 3600}},
    "seal": {"task": "xinyijian.audit.tasks.seal", "schedule": 60.0, "options": {"expires": 55}},
    "clear_sessions": {"task": "xinyijian.people.tasks.clear_sessions", "schedule": 86400.0, "options": {"expires": 3600}},
}

LOGGING = {  # without it Django tells nobody of a 500: its own handlers are for DEBUG and for mail
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}}, "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {name: {"level": "WARNING"} for name in ("oauthlib", "oauth2_provider")}  # at DEBUG they write tokens
    | {"django.request": {"level": "ERROR"}},  # a 404 or a 403 is an answer and no incident: no traceback for each
}

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = [f"django.contrib.auth.hashers.{name}" for name in ("Argon2PasswordHasher", "PBKDF2PasswordHasher")]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL, LOGIN_REDIRECT_URL = "/sign-in/", "/"
AXES_FAILURE_LIMIT, AXES_COOLOFF_TIME = 5, 0.25  # wrong tries; hours
WRONG_TRIES_AN_HOUR, WRONG_VOUCHERS_AN_HOUR = 20, 60  # of one second step or key from new addresses; of one address, a lobby
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "xinyijian.people.locked_views.locked"
AXES_CLIENT_IP_CALLABLE = "xinyijian.people.sign_in.address_of"
PROXY_COUNT = env.int("PROXY_COUNT", default=0)  # reverse proxies of ours in front, each adding to X-Forwarded-For
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXY_COUNT else None  # they set it, and drop a visitor's
AXES_USERNAME_CALLABLE = "xinyijian.people.sign_in.lock_name"  # a digest: people type phones and ID numbers there
AXES_RESET_ON_SUCCESS, AXES_VERBOSE = True, False
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # the quarter of an hour on the locked page is one
AXES_DISABLE_ACCESS_LOG = True  # signing in leaves an audit event
AXES_ENABLE_ADMIN = False  # digests that nobody can read, and a lock that ends by itself
AXES_SENSITIVE_PARAMETERS = ["username", "phone", "code"]

SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_COOKIES = env.bool("SECURE_COOKIES", default=not DEMO)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_COOKIES
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "language"
LOCALE_PATHS = [BASE_DIR / "locale"]
FONTS_DIR = BASE_DIR / ".var" / "fonts"  # for PDFs only, made by script/assets; pages use the reader's own fonts
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static" / "build"]  # made by script/assets from static/src
STATIC_ROOT = Path(env("STATIC_ROOT", default=str(DATA_DIR / "staticfiles")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": DATA_DIR / "documents"}},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "map")  # half of the time for what only engineers ask for
WHITENOISE_KEEP_ONLY_HASHED_FILES = True  # the others are never asked for, and compressing them takes as long again

# Keys of personal data: "id:base64 of 32 bytes", the first one writes, all of them read.
FIELD_CIPHER = env("FIELD_CIPHER", default="AES-256-GCM")  # or SM4-GCM
FIELD_KEYS = env.list("FIELD_KEYS", default=["demo:" + "ZGVtby1vbmx5LWtleS1vZi10aGlydHktdHdvLWJ5dGU="] if DEMO else environ.Env.NOTSET)
INDEX_KEY = env("INDEX_KEY", default="demo-only-index-key" if DEMO else environ.Env.NOTSET)

SIMULATORS_URL = env("SIMULATORS_URL", default="http://127.0.0.1:8010/")  # for links to the demo's inbox
PLATFORM_URL = env("PLATFORM_URL", default=f"{SIMULATORS_URL}platform/")
SMS_URL = env("SMS_URL", default=f"{SIMULATORS_URL}sms/")
CREDIT_URL = env("CREDIT_URL", default=f"{SIMULATORS_URL}credit/")
WECHAT_URL = env("WECHAT_URL", default=f"{SIMULATORS_URL}wechat/")
WECHAT = {  # the official account; its messages are templates with one field "content"
    "appid": env("WECHAT_APPID", default="demo"), "secret": env("WECHAT_SECRET", default="demo-only-wechat-secret" if DEMO else ""),
    "template_id": env("WECHAT_TEMPLATE", default="demo"), "name": env("WECHAT_NAME", default="信易健演示公众号" if DEMO else ""),
}
EMAIL_HOST = env("EMAIL_HOST", default="127.0.0.1")
EMAIL_PORT = env.int("EMAIL_PORT", default=8025)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = env("EMAIL_USER", default=""), env("EMAIL_PASSWORD", default="")
EMAIL_USE_TLS = env.bool("EMAIL_TLS", default=not DEMO)
DEFAULT_FROM_EMAIL = env("EMAIL_FROM", default="notice@demo.invalid")
GATEWAY_SECRET = env("GATEWAY_SECRET", default="demo-only-gateway-secret" if DEMO else environ.Env.NOTSET)
QUIET_HOURS = env.bool("QUIET_HOURS", default=not DEMO)  # the nights of the policy count; a demo's inbox wakes nobody
GATEWAY_TIMEOUT = env.float("GATEWAY_TIMEOUT", default=5.0)  # seconds for a whole exchange, however its parts arrive
PLATFORM_SECRET = env("PLATFORM_SECRET", default="")  # the portal's own key there; without one GATEWAY_SECRET
PLATFORM_KEYRING = env("PLATFORM_KEYRING", default="xinyijian.people.platform_keys.sender_of")  # a hospital's keys
DEMO_HOSPITALS = ("H43990100001", "H43990100002", "H43990200001", "H43990200002", "H32990100001", "H32990100002") if DEMO else ()
PLATFORM_SENDERS = env.json("PLATFORM_SENDERS", default={
    code: {"name": f"演示医院{code[-2:]}", "access_key": f"demo-{code}", "secret": f"demo-only-secret-of-{code}"} for code in DEMO_HOSPITALS
})
PLATFORM = {  # who we are to the platform; it publishes no number for a person's own filing, so both are to be confirmed
    "access_key": env("PLATFORM_ACCESS_KEY", default="demo"),
    "fixmedins_code": env("PLATFORM_SENDER_CODE", default="H43990000001"),
    "fixmedins_name": env("PLATFORM_SENDER_NAME", default="演示系统"),
    "recer_sys_code": env("PLATFORM_RECEIVER", default="DEMO"),
    "infver": env("PLATFORM_VERSION", default="1.0.0"),
    "opter_type": env("PLATFORM_OPERATOR_TYPE", default="3"),  # 1 a person at a desk, 2 a machine in a hall, 3 a mobile client
    "opter": env("PLATFORM_OPERATOR", default="demo"),
    "opter_name": env("PLATFORM_OPERATOR_NAME", default="演示"),
    "place": env("PLATFORM_PLACE", default="439901"),  # where what is asked counts as asked
    "says_nobody": env("PLATFORM_SAYS_NOBODY", default="未查询到"),  # in its words of 1101; no code of its own is published
    "register_filing": env("PLATFORM_REGISTER_FILING", default="DEMO1"),
    "cancel_filing": env("PLATFORM_CANCEL_FILING", default="DEMO2"),
}
