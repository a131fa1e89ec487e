"""Settings for one machine: the demo and development. Mails go to files, no second factor."""

from django.core.management.utils import get_random_secret_key

from .base import *
from .environment import read, switch

DEMO = True
DEBUG = switch("DEBUG")  # `make dev` turns it on
ALLOWED_HOSTS = ["*"]
REQUIRE_MFA = False
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = DATA_DIR / "mail"
if DEBUG or not STATIC_ROOT.exists():  # `make run` collects them: hashed, compressed, cached
    WHITENOISE_USE_FINDERS = True
    WHITENOISE_AUTOREFRESH = DEBUG
    STORAGES = STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
AUTH_PASSWORD_VALIDATORS = AUTH_PASSWORD_VALIDATORS[:2]


def _key() -> str:
    """A secret of this folder's own, so that sessions survive a restart."""
    path = DATA_DIR / "secret-key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(get_random_secret_key())
    return path.read_text()


SECRET_KEY = read("SECRET_KEY") or _key()
