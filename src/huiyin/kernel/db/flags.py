"""Yes-or-no columns are compared, so that SQLite may use their indexes.

Django writes `WHERE is_open`; SQLite uses an index that begins with the column only for `WHERE is_open = 1`.
PostgreSQL makes the same of both.
"""

from __future__ import annotations

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField
from django.db.models.lookups import BuiltinLookup, Exact


class Compared(Exact):
    """`column = value` for a constant, as for any other column."""

    def as_sql(self, compiler: Any, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        return BuiltinLookup.as_sql(self, compiler, connection)


def install() -> None:
    """Lets every BooleanField be compared; called once, when the kernel is ready."""
    BooleanField.register_lookup(Compared)
