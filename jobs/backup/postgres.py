"""PostgreSQL: every table by COPY out of one transaction, and back into the same migrations."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from psycopg import Connection, sql

from .archive import CHUNK, BackupError, Manifest

TABLES = """
    SELECT c.relname, array_agg(a.attname::text ORDER BY a.attnum)
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace
      AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
    GROUP BY c.relname ORDER BY c.relname
"""
SEQUENCES = """
    SELECT sequencename, last_value FROM pg_sequences
    WHERE schemaname = current_schema() AND last_value IS NOT NULL
"""


def raw() -> Connection[Any]:
    """The driver's connection behind Django's."""
    connection.ensure_connection()
    return connection.connection


def ask(query: sql.Composed | str) -> list[Any]:
    """All rows of a query."""
    return raw().execute(query).fetchall()  # type: ignore[arg-type]


def columns_of(table: str, columns: Iterable[str]) -> dict[str, sql.Composable]:
    """A table and its columns, quoted for a COPY."""
    names = sql.SQL(", ").join(sql.Identifier(name) for name in columns)
    return {"table": sql.Identifier(table), "columns": names}


def count(table: str) -> int:
    """How many rows the table has."""
    return ask(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table)))[0][0]


def snapshot(folder: Path) -> dict[str, Any]:
    """Write every table of one moment into the folder; their facts for the manifest."""
    with transaction.atomic():
        raw().execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        columns: dict[str, list[str]] = dict(ask(TABLES))
        tables = {table: count(table) for table in columns}
        for table in columns:
            if save(table, columns[table], folder / table) != tables[table]:
                raise BackupError(f"{table} could not be read as a whole.")
        return {"tables": tables, "columns": columns, "sequences": dict(ask(SEQUENCES))}


def save(table: str, columns: list[str], path: Path) -> int:
    """Write one table as COPY text; how many rows, which are lines there."""
    query = sql.SQL("COPY {table} ({columns}) TO STDOUT").format(**columns_of(table, columns))
    rows = 0
    with path.open("wb") as file, raw().cursor() as cursor, cursor.copy(query) as copy:
        for data in copy:
            file.write(data)
            rows += bytes(data).count(b"\n")
    return rows


def restore(folder: Path, manifest: Manifest) -> None:
    """Empty the database, migrate to where the backup was, and fill every table."""
    drop_everything()
    migrate_to({(app, name) for app, name in manifest.migrations})
    with transaction.atomic():
        here = dict(ask(TABLES))
        check_columns(here, manifest)
        everything = sql.SQL(", ").join(sql.Identifier(table) for table in here)
        each_trigger("DISABLE", here)
        raw().execute(sql.SQL("TRUNCATE {}").format(everything))
        for table, columns in manifest.columns.items():
            load(table, columns, folder / table)
        for name, value in manifest.sequences.items():
            raw().execute("SELECT setval(%s::regclass, %s)", [f'"{name}"', value])
        raw().execute("SET CONSTRAINTS ALL IMMEDIATE")
        each_trigger("ENABLE", here)
        if {table: count(table) for table in here} != manifest.tables:
            raise BackupError("The restored database does not hold what was saved.")


def drop_everything() -> None:
    """Drop every table of the schema; the owner of the tables may do that."""
    tables = [sql.Identifier(table) for table, _columns in ask(TABLES)]
    if tables:
        raw().execute(sql.SQL("DROP TABLE {} CASCADE").format(sql.SQL(", ").join(tables)))


def migrate_to(applied: set[tuple[str, str]]) -> None:
    """Make the tables as they were when exactly these migrations were applied."""
    executor = MigrationExecutor(connection)
    graph = executor.loader.graph
    leaves = [
        node
        for node in applied & graph.node_map.keys()
        if not any(
            child.key in applied and child.key[0] == node[0]
            for child in graph.node_map[node].children
        )
    ]
    executor.migrate(sorted(leaves))


def check_columns(here: dict[str, list[str]], manifest: Manifest) -> None:
    """Each saved table must have a place with the same columns."""
    for table, columns in manifest.columns.items():
        if set(here.get(table, [])) != set(columns):
            raise BackupError(f"{table} has other columns here than in the backup.")


def each_trigger(verb: str, tables: Iterable[str]) -> None:
    """Triggers that guard rows against people must not stand in the way of a restore."""
    for table in tables:
        query = sql.SQL("ALTER TABLE {} " + verb + " TRIGGER USER")  # type: ignore[arg-type]
        raw().execute(query.format(sql.Identifier(table)))


def load(table: str, columns: list[str], path: Path) -> None:
    """Fill one table from its COPY text."""
    query = sql.SQL("COPY {table} ({columns}) FROM STDIN").format(**columns_of(table, columns))
    with path.open("rb") as file, raw().cursor() as cursor, cursor.copy(query) as copy:
        while data := file.read(CHUNK):
            copy.write(data)
