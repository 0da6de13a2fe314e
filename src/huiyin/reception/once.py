"""What a form that was sent twice gives: the row that the first sending made."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from huiyin.kernel.errors import Refused

Row = TypeVar("Row", bound=Model)


def made(rows: QuerySet[Row], **which: Any) -> Row:
    """The row that is there already. Refused where the key belongs to something else."""
    row = rows.filter(**which).first()
    if row is None:
        raise Refused("这一页已经交过了，请重新打开再写。", "This page was sent before; open it anew.", code="used")
    return row
