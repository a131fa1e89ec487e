"""Input that nobody should send, and a database that is as strict as the strictest we run on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import connection, models

BIDI = "\u202egnp.exe \u2067abc\u2069 شكراً 🫀👩🏽‍⚕️"
# What takes the place of each value of a form. Markup and formulas are text like any other.
VALUES = {
    "empty": "",
    "space": " \n\t ",
    "markup": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "formula": "=cmd|' /C calc'!A0",
    "bidi": BIDI,
    "nul": "a\0b",
    "control": "\x01\x02\x1b",
    "long": "x" * 60_001,
    "growing": "\u0958" * 40_000,  # twice as long once it is normalised
    "number": "9" * 400,
    "negative": "-1",
    "float": "1e400",
    "date": "9999-12-31",
    "first date": "0001-01-01",
    "id": "00000000-0000-0000-0000-00000000000g",
    "list": "['a', 'b']",
    "path": "../../etc/passwd",
    "quote": "' OR 1=1 --",
    "percent": "%s %(a)s {0} {{ 7 }}",
}


DAYS = ("date", "first date", "number")
WITH_DAYS = {"starts", "ends", "departs", "returns", "since", "base"}


def forms(form: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The form with each value in the place of all, each field missing, and nothing at all."""
    yield "nothing", {}
    yield (
        "foreign fields",
        {"__class__": "x", "pk": "1", "status": "released", "is_superuser": "on"},
    )
    for name, value in VALUES.items():
        yield name, dict.fromkeys(form, value)
    for field in form:
        yield f"without {field}", {k: v for k, v in form.items() if k != field}
        for name in ("nul", "long", *(DAYS if field in WITH_DAYS else ())):
            yield f"{name} in {field}", {**form, field: VALUES[name]}


BODIES = {
    "nothing": b"",
    "not JSON": b"{",
    "a list": b"[]",
    "a string": b'"fields"',
    "a number": b"1",
    "null": b"null",
    "not UTF-8": b"\xff\xfe",
    "NUL": b"\0",
    "deep": b"[" * 100_000,
    "deep objects": b'{"fields":' * 100_000,
    "no base": json.dumps({"fields": {"body": "a", "feedback": "a"}}).encode(),
    "pairs": b'{"fields": [[1, 2]], "base": 1}',
    "fields as text": b'{"fields": "body", "base": 1}',
    "body as number": b'{"fields": {"body": 1, "feedback": 1}, "base": 1}',
    "body as list": b'{"fields": {"body": ["a"], "feedback": ["a"]}, "base": 1}',
    "endless base": b'{"fields": {"body": "a", "feedback": "a"}, "base": 1e400}',
    "infinite base": b'{"fields": {"body": "a", "feedback": "a"}, "base": Infinity}',
    "no number as base": b'{"fields": {"body": "a", "feedback": "a"}, "base": NaN}',
    "long base": b'{"fields": {"body": "a", "feedback": "a"}, "base": ' + b"9" * 5000 + b"}",
    "base as object": b'{"fields": {"body": "a", "feedback": "a"}, "base": {}}',
    "lone surrogate": b'{"fields": {"body": "a\\ud800", "feedback": "a\\udfff"}, "base": 1}',
    "escaped NUL": b'{"fields": {"body": "a\\u0000", "feedback": "a\\u0000"}, "base": 1}',
    "odd level": b'{"fields": {"feedback": "a", "level-feeling": {"a": [1]}}, "base": 1}',
    "surrogate level": b'{"fields": {"feedback": "a", "level-\\ud800": "\\ud800"}, "base": 1}',
    "too long": json.dumps({"fields": dict.fromkeys(["body", "feedback"], "x" * 60_001), "base": 2})
    .encode(),
}  # fmt: skip


@contextmanager
def strict_database() -> Iterator[None]:
    """PostgreSQL takes no NUL and no half characters; SQLite is made to refuse them too."""

    def refuse(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        for value in params or ():
            if isinstance(value, str):
                value.encode()
                if "\0" in value or ("\\u0000" in value and value.startswith(("{", "["))):
                    raise ValueError(f"NUL in {sql[:80]}")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse):
        yield


OURS = {"people", "partnerships", "reflections", "curriculum", "pathways", "jobs", "publishing"}


def too_long() -> list[str]:
    """Values longer than their column, which SQLite takes and PostgreSQL refuses."""
    found = []
    for model in apps.get_models():
        if model._meta.app_label not in OURS:
            continue
        for field in model._meta.concrete_fields:
            if isinstance(field, models.CharField) and field.max_length:
                name = f"{field.attname}__length__gt"
                if model._default_manager.filter(**{name: field.max_length}).exists():
                    found.append(f"{model.__name__}.{field.name}")
    return found
