"""A full-text index over tokens that are made elsewhere, beside a table (id, kind, key, body).

SQLite: an FTS5 table that keeps no text of its own, so that it must be told a row's tokens again to forget the row.
PostgreSQL: a column of tokens with a GIN index; it knows which tokens a row has, not where, so that longer words are looked
for once more in the body. The row's kind is a token too: rows of another kind that match are never read. Positions would not help: a tsvector keeps at most 255 of a token and none above 16 383.
A row's id carries its kind and key, so that SQLite answers from the index alone.
"""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BigIntegerField
from django.db.models.expressions import RawSQL

KIND_BITS = 4
KIND_MASK = (1 << KIND_BITS) - 1
FEW = 2000  # so many rows are faster fetched by key and sorted than met on the way along another index
AT_ONCE = 1000
ANEW = 10_000  # from so many rows on, PostgreSQL may build its index anew instead of adding to it


def row_id(kind: int, key: int) -> int:
    """The id under which something is entered. `kind` is 0–15."""
    return (key << KIND_BITS) | kind


@dataclass(frozen=True)
class Wanted:
    """A query: the kind it is for, the index's own phrase, and its folded words."""

    kind: int
    phrase: str
    words: tuple[str, ...]


class Matches(RawSQL):
    """The keys that match, for `queryset.filter(pk__in=…)` and nothing else; one statement with the queryset."""

    def __init__(self, sql: str, params: list[Any], *, many: bool = False) -> None:
        self.many = many
        super().__init__(sql, params, BigIntegerField())

    def as_sql(self, compiler: Any, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        sql, params = super().as_sql(compiler, connection)
        # SQLite knows nothing of how many match and would always begin with them; `IN (…) IS TRUE` it can only check
        return (f"{sql} IS TRUE", params) if self.many else (sql, params)


class Index(ABC):
    """What both engines do; every call belongs to the caller's transaction."""

    def __init__(self, connection: BaseDatabaseWrapper, table: str, tokens_of: Callable[[str], str]) -> None:
        self.connection, self.table, self.tokens_of = connection, table, tokens_of
        self.index = f"{table}_index"

    @abstractmethod
    def install(self) -> None:
        """Makes the index of an existing table."""

    @abstractmethod
    def uninstall(self) -> None:
        """Takes the index away again."""

    @abstractmethod
    def put(self, bodies: Mapping[int, str]) -> None:
        """Enters or replaces bodies by row id."""

    @abstractmethod
    def drop(self, ids: list[int]) -> None:
        """Takes rows out; unknown ones are no error."""

    @abstractmethod
    def rebuild(self) -> None:
        """Makes the index anew from the bodies in the table."""

    @abstractmethod
    def matches(self, wanted: Wanted, limit: int | None) -> Matches:
        """The keys that match; with a limit, the highest so many."""

    @abstractmethod
    def forget_leftovers(self) -> None:
        """Empties the index if the table was emptied by something that knows nothing of it (`flush`)."""

    def nothing(self) -> Matches:
        """No keys."""
        return Matches(f"SELECT key FROM {self.table} WHERE 1 = 0", [])  # noqa: S608 - names of ours

    def execute(self, statement: str, *params: Any) -> list[tuple[Any, ...]]:
        with self.connection.cursor() as cursor:
            cursor.execute(statement, params)
            return list(cursor.fetchall()) if cursor.description else []

    def _bodies(self, last: int = -1) -> Iterator[dict[int, str]]:
        """All bodies by row id, in portions."""
        step = f"SELECT id, body FROM {self.table} WHERE id > %s ORDER BY id LIMIT {AT_ONCE}"  # noqa: S608
        while rows := dict(self.execute(step, last)):
            yield rows
            last = max(rows)


class Fts5(Index):
    def install(self) -> None:
        # tokenizer ascii: every character beyond ASCII belongs to a token; unicode61 knows only those of Unicode 6.1
        self.execute(
            f"CREATE VIRTUAL TABLE {self.index} USING fts5(tokens, content='', columnsize=0, tokenize='ascii')"
        )

    def uninstall(self) -> None:
        self.execute(f"DROP TABLE {self.index}")

    def put(self, bodies: Mapping[int, str]) -> None:
        before = self._before(list(bodies))
        changed = {row: body for row, body in bodies.items() if before.get(row) != body}
        self._forget({row: body for row, body in before.items() if row in changed})
        rows = [(row, row & KIND_MASK, row >> KIND_BITS, body) for row, body in changed.items()]
        with self.connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {self.table} (id, kind, key, body) VALUES (%s, %s, %s, %s)"  # noqa: S608
                " ON CONFLICT (id) DO UPDATE SET body = excluded.body",
                rows,
            )
        self._add(changed)

    def drop(self, ids: list[int]) -> None:
        self._forget(self._before(ids))
        self.execute(f"DELETE FROM {self.table} WHERE id IN (SELECT value FROM json_each(%s))", json.dumps(ids))  # noqa: S608

    def rebuild(self) -> None:
        self.execute(f"INSERT INTO {self.index} ({self.index}) VALUES ('delete-all')")  # noqa: S608
        for bodies in self._bodies():
            self._add(bodies)

    def matches(self, wanted: Wanted, limit: int | None) -> Matches:
        few = self._count_to(FEW, wanted) < FEW
        return Matches(*self._select(f"rowid >> {KIND_BITS}", wanted, limit), many=limit is None and not few)

    def forget_leftovers(self) -> None:
        exists = {self.table, self.index} <= set(self.connection.introspection.table_names())
        if exists and not self.execute(f"SELECT 1 FROM {self.table} LIMIT 1"):  # noqa: S608
            self.rebuild()

    def _select(self, column: str, wanted: Wanted, limit: int | None) -> tuple[str, list[Any]]:
        newest = "" if limit is None else f" ORDER BY rowid DESC LIMIT {limit:d}"
        found = f"SELECT {column} FROM {self.index} WHERE {self.index} MATCH %s AND rowid & {KIND_MASK} = %s{newest}"  # noqa: S608
        return found, [wanted.phrase, wanted.kind]

    def _count_to(self, most: int, wanted: Wanted) -> int:
        """How many match, counting no further than `most`; asked of the driver, as part of planning the statement."""
        found, params = self._select("1", wanted, None)
        self.connection.ensure_connection()
        counted = f"SELECT count(*) FROM ({found} LIMIT {most:d})".replace("%s", "?")  # noqa: S608
        return int(self.connection.connection.execute(counted, params).fetchone()[0])

    def _before(self, ids: list[int]) -> dict[int, str]:
        chosen = f"SELECT id, body FROM {self.table} WHERE id IN (SELECT value FROM json_each(%s))"  # noqa: S608
        return dict(self.execute(chosen, json.dumps(ids)))

    def _add(self, bodies: Mapping[int, str]) -> None:
        with self.connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {self.index} (rowid, tokens) VALUES (%s, %s)",  # noqa: S608
                [(row, self.tokens_of(body)) for row, body in bodies.items()],
            )

    def _forget(self, bodies: Mapping[int, str]) -> None:
        """The tokens must be those that were added: FTS5 believes what it is told."""
        with self.connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {self.index} ({self.index}, rowid, tokens) VALUES ('delete', %s, %s)",  # noqa: S608
                [(row, self.tokens_of(body)) for row, body in bodies.items()],
            )


class Gin(Index):
    def install(self) -> None:
        self.execute(f"ALTER TABLE {self.table} ADD COLUMN tokens tsvector NOT NULL DEFAULT ''")
        self._index()

    def uninstall(self) -> None:
        self.execute(f"ALTER TABLE {self.table} DROP COLUMN tokens")

    def put(self, bodies: Mapping[int, str]) -> None:
        if len(bodies) < ANEW or self._is_larger_than(len(bodies)):
            self._insert(bodies)
            return
        self.execute(f"DROP INDEX {self.index}")
        self._insert(bodies)
        self._index()

    def drop(self, ids: list[int]) -> None:
        self.execute(f"DELETE FROM {self.table} WHERE id = ANY (%s)", ids)  # noqa: S608

    def rebuild(self) -> None:
        self.execute(f"DROP INDEX {self.index}")
        for bodies in self._bodies():
            self.execute(
                f"UPDATE {self.table} AS entry SET tokens = array_to_tsvector(string_to_array(added.tokens, ' '))"  # noqa: S608
                " FROM unnest(%s::bigint[], %s::text[]) AS added (id, tokens) WHERE entry.id = added.id",
                list(bodies),
                [self._tokens(row, body) for row, body in bodies.items()],
            )
        self._index()

    def matches(self, wanted: Wanted, limit: int | None) -> Matches:
        longer = [word for word in wanted.words if len(word) > 2]
        once_more = " AND strpos(body, %s) > 0" * len(longer)
        newest = "" if limit is None else f" ORDER BY key DESC LIMIT {limit:d}"
        # said twice: as a token for the index, as a column so that a single key is known to be a single row
        found = f"SELECT key FROM {self.table} WHERE kind = %s AND tokens @@ %s::tsquery{once_more}{newest}"  # noqa: S608
        return Matches(found, [wanted.kind, f"'{_kind_token(wanted.kind)}' & {wanted.phrase}", *longer])

    def forget_leftovers(self) -> None:
        pass  # the column goes with its row

    def _index(self) -> None:
        # fastupdate would keep what is new in a heap of its own, which every search has to look through
        self.execute(f"CREATE INDEX {self.index} ON {self.table} USING gin (tokens) WITH (fastupdate = off)")

    def _is_larger_than(self, count: int) -> bool:
        found = f"SELECT count(*) FROM (SELECT 1 FROM {self.table} LIMIT {count + 1:d}) AS counted"  # noqa: S608
        return bool(self.execute(found)[0][0] > count)

    def _insert(self, bodies: Mapping[int, str]) -> None:
        rows = sorted(bodies.items())  # everyone locks in one order
        for start in range(0, len(rows), AT_ONCE):
            part = rows[start : start + AT_ONCE]
            self.execute(
                f"INSERT INTO {self.table} (id, kind, key, body, tokens)"  # noqa: S608
                f" SELECT id, id & {KIND_MASK}, id >> {KIND_BITS}, body, array_to_tsvector(string_to_array(tokens, ' '))"
                " FROM unnest(%s::bigint[], %s::text[], %s::text[]) AS added (id, body, tokens)"
                " ON CONFLICT (id) DO UPDATE SET body = excluded.body, tokens = excluded.tokens"
                f" WHERE {self.table}.body <> excluded.body",
                [row for row, _ in part],
                [body for _, body in part],
                [self._tokens(row, body) for row, body in part],
            )

    def _tokens(self, row: int, body: str) -> str:
        return f"{_kind_token(row & KIND_MASK)} {self.tokens_of(body)}".rstrip()


def _kind_token(kind: int) -> str:
    """No text has it: punctuation parts words."""
    return f"={kind}"


def index_on(connection: BaseDatabaseWrapper, table: str, tokens_of: Callable[[str], str]) -> Index:
    """The index of a table on the engine that is in use."""
    engine = Fts5 if connection.vendor == "sqlite" else Gin
    return engine(connection, table, tokens_of)
