"""What a form that was sent twice gives: the row that the first sending made."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from huiyin.kernel.errors import Refused

Row = TypeVar("Row", bound=Model)


def made(rows: QuerySet[Row], **which: Any) -> Row:
    """The row that is there already. Refused where the key belongs to something else, or to other words than came now."""
    row = rows.filter(**which).first()
    if row is None:
        raise Refused(
            "这一页已经交过了，这次写的不一样，没有记下。请另外打开一页再写，您写的还在下面。",
            "This page was sent before; what came now differs and was not kept. Open it anew; what you wrote is still below.",
            code="used",
        )
    return row
