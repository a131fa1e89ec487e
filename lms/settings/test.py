"""Settings for the tests: quick hashing, files in memory, tasks run by hand."""

import os
import re

from .base import *
from .environment import cache, read

SECRET_KEY = "test-key-that-protects-nothing-at-all-and-is-long-enough"  # noqa: S105
ALLOWED_HOSTS = ["*"]
BASE_URL = "http://testserver"
REQUIRE_MFA = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    "private": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
}
MIDDLEWARE = [name for name in MIDDLEWARE if "whitenoise" not in name]
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "").removeprefix("gw")
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
if read("REDIS_URL"):
    # Workers empty their caches: each has a numbered database of its own, after the given one.
    own = re.sub(r"\d+$", lambda n: str(int(n[0]) + 1 + int(WORKER or -1)), read("REDIS_URL"))
    CACHES = {"default": cache() | {"LOCATION": own}}
LOGGING = LOGGING | {"root": {"handlers": ["console"], "level": "ERROR"}}
