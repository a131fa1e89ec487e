"""One file with everything: database, media, and a manifest that proves both.

A backup is a gzipped tar: `database/…`, `media/…` and, last of all, `manifest.json`, so that a
file cut short is known by what it lacks. SQLite goes in as one database file made by VACUUM INTO;
PostgreSQL as one COPY text for each table, out of one REPEATABLE READ transaction, so that no
pg_dump of a fitting version is needed on either machine.
"""
