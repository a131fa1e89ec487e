"""Every setting that Bothways reads from the environment, with its default and its meaning.

`docs/operating.md` shows this list to operators; a test keeps the two the same.
"""

from __future__ import annotations

import sys
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import environ

BASE_DIR = Path(__file__).resolve().parent.parent.parent
env = environ.Env()


@dataclass(frozen=True)
class Variable:
    """One environment variable: its name, its default as text, and a sentence for operators."""

    name: str
    default: str
    meaning: str


VARIABLES: dict[str, Variable] = {
    v.name: v
    for v in [
        Variable("DATA", "data", "Folder for the database, media, mail files and locks."),
        Variable("DATABASE_URL", "", "PostgreSQL address; empty means SQLite inside DATA."),
        Variable("REDIS_URL", "", "Shared cache; empty means a cache table in the database."),
        Variable("SECRET_KEY", "", "Long random text. Required in production."),
        Variable("ALLOWED_HOSTS", "", "Host names, with commas. Required in production."),
        Variable("DEBUG", "off", "Error pages with code, for development. Refused in production."),
        Variable("BASE_URL", "http://127.0.0.1:8000", "Public address, used in e-mails."),
        Variable("TRUSTED_PROXIES", "0", "How many proxies stand in front and can be believed."),
        Variable(
            "REQUIRE_MFA", "on", "Second factor for reviewers, coordinators, editors, admins."
        ),
        Variable("IDLE_MINUTES", "30", "Minutes without a request before a session ends."),
        Variable("EMAIL_URL", "", "Mail server, as smtp+tls://user:password@host:587."),
        Variable("DEFAULT_FROM_EMAIL", "Bothways <no-reply@localhost>", "Sender of e-mails."),
        Variable("SUPPORT_EMAIL", "", "Address of the person who runs this installation."),
        Variable("SSL_REDIRECT", "on", "Send http to https. Off only behind a proxy that does it."),
        Variable("HSTS_SECONDS", "31536000", "How long browsers insist on https; 0 turns it off."),
        Variable("HSTS_PRELOAD", "off", "A promise for the whole domain: turn it on on purpose."),
        Variable("MEDIA_ACCEL", "", "nginx location for X-Accel-Redirect; empty: Django sends."),
        Variable("ADVISORY_DATABASE", "", "Address that pip-audit asks; empty: its own default."),
        Variable("LOG_LEVEL", "INFO", "DEBUG, INFO, WARNING or ERROR."),
    ]
}


def read(name: str) -> str:
    """The text of a declared variable, or its default. Undeclared names are a KeyError."""
    variable = VARIABLES[name]
    return str(env.str(name, default=variable.default)).strip()


def switch(name: str) -> bool:
    """A declared variable read as on or off."""
    return read(name).lower() in {"1", "on", "true", "yes"}


def number(name: str) -> int:
    """A declared variable read as a whole number; ends with a sentence that names the variable."""
    try:
        return int(read(name))
    except ValueError:
        sys.exit(f"{name} must be a whole number, not {read(name)!r}.")


def data_folder() -> Path:
    """The folder DATA; a relative path counts from the project's root."""
    return (BASE_DIR / read("DATA")).resolve()


def database(folder: Path) -> dict[str, Any]:
    """The default database: PostgreSQL by DATABASE_URL, else SQLite made safe for many readers."""
    if read("DATABASE_URL"):
        config = read_address(read("DATABASE_URL"))
    else:
        config = {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(folder / "bothways.sqlite3"),
        }
    if config["ENGINE"].endswith("sqlite3"):
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 10,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
            " PRAGMA foreign_keys=ON;",
        }
    elif config["ENGINE"].endswith("postgresql"):
        config["OPTIONS"] = {"pool": {"min_size": 1, "max_size": 8, "timeout": 5}}
    return config


def read_address(url: str) -> dict[str, Any]:
    """The parts of DATABASE_URL; ends with a sentence where it has none. Never shows the password."""
    try:
        with warnings.catch_warnings(action="ignore"):
            config: dict[str, Any] = dict(env.db_url_config(url))
    except (ValueError, environ.ImproperlyConfigured):
        config = {}
    if not str(config.get("ENGINE", "")).endswith(("postgresql", "sqlite3")):
        sys.exit("DATABASE_URL must look like postgres://user:password@host:5432/name.")
    return config


def cache() -> dict[str, Any]:
    """The shared cache: rate limits and used codes must be seen by every process."""
    if read("REDIS_URL"):
        return {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": read("REDIS_URL"),
        }
    return {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "jobs_cache"}
