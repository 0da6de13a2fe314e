"""Columns that are searched by their beginning: a prefix is one range of the index on SQLite and on PostgreSQL.

SQLite compares text byte by byte; PostgreSQL would compare by the rules of the database's language, so that its column
is declared with collation "C". LIKE is no substitute: SQLite scans the table for it.
"""

from __future__ import annotations

from typing import Any

from django.db import models

LAST_CHARACTER = "\U0010ffff"


class PrefixText(models.CharField):  # type: ignore[type-arg]  # the plugin fills them in for each field
    """A CharField in byte order. Search it with `beginning()`."""

    def db_parameters(self, connection: Any) -> dict[str, Any]:
        parameters = super().db_parameters(connection)
        if connection.vendor == "postgresql":
            parameters["collation"] = "C"
        return parameters


def beginning(field: str, prefix: str) -> models.Q:
    """The condition that `field`, a PrefixText, begins with `prefix`."""
    return models.Q(**{f"{field}__gte": prefix, f"{field}__lt": prefix + LAST_CHARACTER})
