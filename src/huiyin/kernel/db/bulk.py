"""Many small rows at once, without an object for each: COPY on PostgreSQL, one prepared statement on SQLite.

Ten times faster than bulk_create for narrow tables; gives no keys back and sends no signals. Call inside a transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter
from typing import Any

from django.db import connection, models

_AS_THEY_ARE = (models.CharField, models.TextField, models.IntegerField, models.BooleanField)


def insert(model: type[models.Model], fields: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Adds rows of plain values (text, numbers, `as_stored` for anything else) in the order of `fields`."""
    columns = [connection.ops.quote_name(str(model._meta.get_field(name).column)) for name in fields]  # type: ignore[union-attr]
    into = f"{connection.ops.quote_name(model._meta.db_table)} ({', '.join(columns)})"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {into} FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            places = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {into} VALUES ({places})", list(rows))  # noqa: S608 - names of a model


def number(model: type[models.Model], field: str, keys: Sequence[Any], *, first: int) -> None:
    """Gives the rows with these keys the numbers `first`, `first + 1`, … in that field."""
    table = connection.ops.quote_name(model._meta.db_table)
    column, key = (connection.ops.quote_name(str(model._meta.get_field(name).column)) for name in (field, "id"))  # type: ignore[union-attr]
    with connection.cursor() as cursor:
        statement = f"UPDATE {table} SET {column} = %s WHERE {key} = %s"  # noqa: S608 - names of a model
        cursor.executemany(statement, list(enumerate(keys, start=first)))


def as_stored(model: type[models.Model], field: str, value: Any) -> Any:
    """A value in the form in which this engine stores it in that field, such as a moment."""
    return model._meta.get_field(field).get_db_prep_save(value, connection)  # type: ignore[union-attr]


def insert_objects(rows: Sequence[models.Model]) -> None:
    """Adds unsaved objects of one model, whose relations may have been saved after they were assigned."""
    if rows:
        fields = [field for field in rows[0]._meta.concrete_fields if not field.primary_key]
        readers = [_reader(field) for field in fields]
        insert(type(rows[0]), [field.name for field in fields], ([read(row) for read in readers] for row in rows))


def _reader(field: Any) -> Callable[[Any], Any]:
    """What gives an object's value of a field as it is stored."""
    if isinstance(field, models.ForeignKey):
        return lambda row: _key(field, row)
    if isinstance(field, _AS_THEY_ARE):
        return attrgetter(field.attname)
    return lambda row: field.get_db_prep_save(getattr(row, field.attname), connection)


def _key(field: Any, row: Any) -> Any:
    key = getattr(row, field.attname)
    related = field.get_cached_value(row) if key is None and field.is_cached(row) else None
    return related.pk if related else key
