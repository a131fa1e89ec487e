"""Many rows from one that the product made: copied inside the database, then held to account.

A copy differs from its seed only where the caller says so. `invariants.py` checks what came out.
"""

from __future__ import annotations

from datetime import datetime

from django.core.management.color import no_style
from django.db import connection
from django.db.models import Field, Max, Model, UUIDField

NUMBERS = "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {})"


def is_sqlite() -> bool:
    """Whether this run measures the embedded database."""
    return connection.vendor == "sqlite"


def uuid_of(number: str) -> str:
    """SQL for a UUID that belongs to a number."""
    if is_sqlite():
        return f"printf('%032x', {number})"
    return f"lpad(to_hex({number}), 32, '0')::uuid"


def seconds_after(start: datetime, seconds: str) -> str:
    """SQL for a moment, in UTC."""
    text = f"{start:%Y-%m-%d %H:%M:%S}"
    if is_sqlite():
        return f"datetime('{text}', ({seconds}) || ' seconds')"
    return f"timestamptz '{text}+00' + ({seconds}) * interval '1 second'"


def value_of(field: Field, first: int, changes: dict[str, str]) -> str:
    """SQL for one column of the copy with number n."""
    if field.primary_key:
        return f"{first} + n"
    if field.attname in changes:
        return changes[field.attname]
    if isinstance(field, UUIDField) and field.unique:
        return uuid_of(f"{first} + n")
    return f"seed.{connection.ops.quote_name(str(field.column))}"


def multiply(seed: Model, count: int, **changes: str) -> int:
    """Copy a row `count` times; copy n gets the id (the answer) + n. `changes` is SQL in n."""
    model = type(seed)
    first = model._base_manager.aggregate(last=Max("pk"))["last"] or 0
    fields = model._meta.concrete_fields
    table = connection.ops.quote_name(model._meta.db_table)
    columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    values = ", ".join(value_of(field, first, changes) for field in fields)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({columns}) {NUMBERS.format(count)} "
            f"SELECT {values} FROM {table} AS seed, numbers WHERE seed.id = {seed.pk}"
        )
        for statement in connection.ops.sequence_reset_sql(no_style(), [model]):
            cursor.execute(statement)
    return first


def settle() -> None:
    """PostgreSQL plans by statistics, which its own clock would gather a minute later."""
    if not is_sqlite():
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
