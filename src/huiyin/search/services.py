"""Puts texts into the index and finds them again, in the caller's transaction.

A text is found by every run of its characters (see `tokens`), several words by all of them. What does not match is not
found, what matches is; nothing is ranked.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection, transaction

from huiyin.kernel.db import fulltext
from huiyin.search import tokens
from huiyin.search.models import Entry

KINDS = {"case": 1, "person": 2, "page": 3, "open case": 4}  # numbers are stored: never change one


def put(kind: str, key: int, text: str) -> None:
    """Makes `key` findable by `text` instead of what it was found by before."""
    put_many(kind, [(key, text)])


def put_many(kind: str, texts: Iterable[tuple[int, str]]) -> None:
    """Makes many keys findable; 100 000 texts of 200 characters take about half a minute. Of a repeated key the last text counts."""
    bodies = {fulltext.row_id(KINDS[kind], key): tokens.fold(text) for key, text in texts}
    if bodies:
        with transaction.atomic():
            _index().put(bodies)


def drop(kind: str, key: int) -> None:
    """Makes `key` unfindable; if it was never put, nothing happens."""
    with transaction.atomic():
        _index().drop([fulltext.row_id(KINDS[kind], key)])


def find(kind: str, query: str, *, limit: int | None = None) -> fulltext.Matches:
    """The keys that match, for `queryset.filter(pk__in=…)` in the same statement; with a limit, the highest so many.

    A query without a single letter or digit finds nothing.
    """
    phrase = tokens.phrase(query, connection.vendor)
    if phrase is None:
        return _index().nothing()
    return _index().matches(fulltext.Wanted(KINDS[kind], phrase, tuple(tokens.words(query))), limit)


def rebuild() -> None:
    """Makes the index anew from the entries, after they came from elsewhere."""
    with transaction.atomic():
        _index().rebuild()


def forget_leftovers() -> None:
    """If the entries were emptied from outside, the index forgets them too."""
    _index().forget_leftovers()


def _index() -> fulltext.Index:
    return fulltext.index_on(connection, Entry._meta.db_table, tokens.tokens_of)
