"""What a page says, as its readers see it."""

from __future__ import annotations

from typing import Any


def words(answer: Any) -> str:
    """The HTML of an answer without the places where a line may break."""
    return str(answer.content.decode()).replace("<wbr>", "")
