"""Settings for the tests: quick hashing, files in memory, tasks run by hand."""

from .base import *
from .environment import read

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
if not read("REDIS_URL"):
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
LOGGING = LOGGING | {"root": {"handlers": ["console"], "level": "ERROR"}}
