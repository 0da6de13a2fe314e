"""Rows whose statement is written once: for a page of a dozen questions the ORM spends more on putting SQL together than on all the rest."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from functools import lru_cache, wraps
from typing import Any, ParamSpec, TypeVar, cast

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import Model, QuerySet

KEPT = 1024
Given = ParamSpec("Given")
Row = TypeVar("Row", bound=Model)


def written_once(build: Callable[Given, QuerySet[Row]]) -> Callable[Given, list[Row]]:
    """For a function that makes a queryset of whole rows: gives them as a list, asked anew each time, but keeps the statement for
    the last KEPT arguments. These must be hashable and all that the statement depends on: the function itself asks nothing.
    """

    @lru_cache(maxsize=KEPT)
    def written(*args: Any, **named: Any) -> _Written | None:
        try:
            return _Written(build(*args, **named))
        except EmptyResultSet:  # a condition that nothing can meet
            return None

    @wraps(build)
    def ask(*args: Given.args, **named: Given.kwargs) -> list[Row]:
        found = written(*args, **named)  # type: ignore[arg-type]
        return cast("list[Row]", found.rows()) if found else []

    return ask


class _Written:
    """A queryset with its statement. Its compiler, which knows how rows become objects, is copied for each reading."""

    def __init__(self, found: QuerySet[Any]) -> None:
        self.found = found
        self.compiler = found.query.get_compiler(found.db)
        self.statement = self.compiler.as_sql()
        self.compiler.connection = None  # each reading brings that of its own thread

    def rows(self) -> list[Any]:
        asked = self.found._chain()  # type: ignore[attr-defined]
        asked.query.get_compiler = self._fresh
        return list(asked)

    def _fresh(self, using: str, **_: Any) -> Any:
        compiler = copy(self.compiler)
        compiler.connection = connections[using]
        compiler.as_sql = lambda *_args, **_named: self.statement
        return compiler
