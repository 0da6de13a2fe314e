"""Columns that are searched by their beginning, and rows written in bulk, on both engines."""

from __future__ import annotations

from datetime import datetime

import pytest

from huiyin.kernel.clock import ZONE
from huiyin.kernel.db import bulk
from huiyin.kernel.db.columns import beginning
from huiyin.kernel.models import Attempt
from huiyin.orgs.models import Office

pytestmark = pytest.mark.django_db


def test_a_beginning_is_found_byte_by_byte() -> None:
    for path in ("000001.", "000001.000002.", "0000010.", "000002.", "𠮷.", "𠮷.田.", "a%b", "a_b", "A"):
        Office.objects.create(name=path, path=path)

    def found(prefix: str) -> set[str]:
        return set(Office.objects.filter(beginning("path", prefix)).values_list("path", flat=True))

    assert found("000001.") == {"000001.", "000001.000002."}
    assert found("𠮷") == {"𠮷.", "𠮷.田."}
    assert (found("a%"), found("a_"), found("a"), found("x")) == ({"a%b"}, {"a_b"}, {"a%b", "a_b"}, set())


def test_rows_written_in_bulk_are_read_back() -> None:
    moment = datetime(2026, 3, 2, 9, 30, tzinfo=ZONE)
    window = bulk.as_stored(Attempt, "window", moment)
    rows = [("scope", f"tab\there\\ 𠮷 'quoted' {n}", window, n) for n in range(2500)]
    bulk.insert(Attempt, ("scope", "source", "window", "count"), iter(rows))
    assert Attempt.objects.count() == 2500
    row = Attempt.objects.get(count=7)
    assert (row.source, row.window) == (rows[7][1], moment)


def test_nothing_in_bulk_writes_nothing() -> None:
    bulk.insert(Attempt, ("scope", "source", "window", "count"), [])
    assert not Attempt.objects.exists()
