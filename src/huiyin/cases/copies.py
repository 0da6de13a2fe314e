"""Copies that left the system at the desk: who took the whole file of a matter, or printed its receipt again (PIPL Arts. 51, 54)."""

from __future__ import annotations

from datetime import datetime

from huiyin.cases.models import Case, Copy
from huiyin.people.policy import Actor


def record(case: Case, kind: str, *, by: Actor, now: datetime) -> None:
    """Keeps that somebody took a copy."""
    assert by.staff_id is not None
    Copy.objects.create(case=case, kind=kind, by_id=by.staff_id, at=now)


def latest(number: int) -> list[Copy]:
    """The copies taken last, the newest first."""
    return list(
        Copy.objects.select_related("case", "by").defer("case__text", "case__marks").order_by("-at", "-pk")[:number]
    )
