"""Several counts in one statement, none of them further than needed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet


def count_each(wanted: Mapping[str, QuerySet[Any]], *, most: int) -> dict[str, int]:
    """How many rows each query finds, counted up to `most`."""
    if not wanted:
        return {}
    parts = [_counted(found, most) for found in wanted.values()]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {', '.join(sql for sql, _ in parts)}", [value for _, values in parts for value in values]
        )
        return dict(zip(wanted, cursor.fetchone(), strict=True))


def _counted(found: QuerySet[Any], most: int) -> tuple[str, tuple[Any, ...]]:
    try:
        sql, values = found.order_by().values("pk")[:most].query.sql_with_params()
    except EmptyResultSet:  # a condition that nothing can meet
        return "0", ()
    return f"(SELECT count(*) FROM ({sql}) AS counted)", values  # noqa: S608 - of our own queries
