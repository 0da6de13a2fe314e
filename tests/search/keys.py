"""What a search finds, as keys."""

from __future__ import annotations

from django.db import connection

from huiyin.search import services as search


def keys_of(kind: str, query: str, limit: int) -> list[int]:
    """The highest (newest) keys that match, highest first."""
    matches = search.find(kind, query, limit=limit)
    with connection.cursor() as cursor:
        cursor.execute(matches.sql, matches.params)
        return [row[0] for row in cursor.fetchall()]
