"""What the engine knows of its tables when it chooses between indexes. PostgreSQL looks by itself after a while, SQLite never."""

from __future__ import annotations

from django.db import connection

MANY = 1000  # new rows from which it is worth to look again


def renew(*, written: int) -> None:
    """Lets the engine look at its tables anew if so many rows were written; a second or two for 100 000 cases."""
    if written >= MANY:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
