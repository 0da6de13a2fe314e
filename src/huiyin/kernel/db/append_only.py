"""Tables that only grow: triggers refuse UPDATE and DELETE on SQLite and PostgreSQL.

SQLite drops triggers when a migration rebuilds a table, so they are installed again after every migrate
and their presence can be asked at start.
"""

from __future__ import annotations

from django.db import connection

TABLES: list[str] = []


def register(table: str) -> None:
    """Declares a table append-only; the triggers come with the next `install()`."""
    if table not in TABLES:
        TABLES.append(table)


def install() -> None:
    """(Re)creates the triggers of every declared table that exists."""
    existing = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table in TABLES:
            if table in existing:
                for statement in _statements(table):
                    cursor.execute(statement)


def missing() -> list[str]:
    """Declared tables whose triggers are not in place."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'")
        present = {row[0] for row in cursor.fetchall()}
    return [table for table in TABLES if not {f"{table}_no_update", f"{table}_no_delete"} <= present]


def _statements(table: str) -> list[str]:
    return _sqlite(table) if connection.vendor == "sqlite" else _postgres(table)


def _sqlite(table: str) -> list[str]:
    made = []
    for verb in ("update", "delete"):
        made.append(f"DROP TRIGGER IF EXISTS {table}_no_{verb}")
        made.append(
            f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} only grows'); END"
        )
    return made


def _postgres(table: str) -> list[str]:
    made = [
        "CREATE OR REPLACE FUNCTION huiyin_only_grows() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% only grows', TG_TABLE_NAME; END $$"
    ]
    for verb in ("update", "delete"):
        made.append(f"DROP TRIGGER IF EXISTS {table}_no_{verb} ON {table}")
        made.append(
            f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION huiyin_only_grows()"
        )
    return made
