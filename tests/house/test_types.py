"""Types: strict where mistakes cost a petitioner's deadline (kernel, procedure, cases.services)."""

from __future__ import annotations

from tests.house.places import says


def test_mypy_finds_nothing() -> None:
    says("mypy")
