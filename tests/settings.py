"""The settings of a test run: everything of the portal, but quick passwords, and servers that pytest processes do not share."""
import os
import tempfile
from pathlib import Path

from xinyijian.settings import *
from xinyijian.settings import DATABASES, STORAGES
from xinyijian.settings import REDIS_URL as GIVEN_REDIS_URL

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright has an event loop in the thread that also asks the database
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
DATABASES["default"]["HOST"] = os.environ.get(f"DATABASE_HOST_{WORKER}", DATABASES["default"]["HOST"])
DATABASES["default"]["TEST"]["TEMPLATE"] = os.environ.get("TEST_TEMPLATE")  # a database that is migrated already, or none
REDIS_URL = GIVEN_REDIS_URL.rsplit("/", 1)[0] + "/" + str(int(WORKER.removeprefix("gw")) + 1)
CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}
CELERY_BROKER_URL = REDIS_URL

FOLDER = tempfile.TemporaryDirectory(prefix=f"xinyijian-test-{WORKER}-")  # removed at the end of the process
DATA_DIR = Path(FOLDER.name)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["default"]["OPTIONS"]["location"] = DATA_DIR / "documents"
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
STATIC_ROOT = DATA_DIR / "staticfiles"
STATIC_ROOT.mkdir()
