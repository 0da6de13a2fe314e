"""What the pagination component asks of a page, for lists that were cut by a query of their own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Pages:
    """Page `number` (from 1) of a list in pages of `size`: so many `rows` on it, `count` in all, `more` after it."""

    number: int
    size: int
    rows: int
    count: Any
    more: bool

    @property
    def paginator(self) -> Pages:
        return self

    def start_index(self) -> int:
        return (self.number - 1) * self.size + 1

    def end_index(self) -> int:
        return self.start_index() + self.rows - 1

    def has_previous(self) -> bool:
        return self.number > 1

    def has_next(self) -> bool:
        return self.more

    def previous_page_number(self) -> int:
        return self.number - 1

    def next_page_number(self) -> int:
        return self.number + 1
