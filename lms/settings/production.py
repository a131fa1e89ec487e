"""Settings for a real hospital. What is unsafe is refused at the start, in one sentence."""

from .base import *
from .environment import env, number, read, switch

PRODUCTION = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
SECURE_SSL_REDIRECT = switch("SSL_REDIRECT")
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if number("TRUSTED_PROXIES") else None
SECURE_HSTS_SECONDS = number("HSTS_SECONDS")
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_SECONDS > 0
SECURE_HSTS_PRELOAD = switch("HSTS_PRELOAD")
CSRF_TRUSTED_ORIGINS = [BASE_URL] if BASE_URL.startswith("https://") else []
DEBUG = switch("DEBUG")  # refused by home.checks when on

if read("EMAIL_URL"):
    globals().update(env.email_url_config(read("EMAIL_URL")))
