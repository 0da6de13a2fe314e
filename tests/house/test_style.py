"""One style, kept by ruff."""

from __future__ import annotations

from tests.house.places import says


def test_ruff_finds_nothing() -> None:
    says("ruff", "check", "--no-cache")


def test_every_file_is_formatted() -> None:
    says("ruff", "format", "--check", "--diff", "--no-cache")
