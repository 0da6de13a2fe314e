"""Reads the snapshot that a letter is written from, and collects everything that is missing before it complains.

A snapshot is a plain dict as JSON keeps it: texts, ISO dates (2026-02-24), lists, dicts. Blank text counts as missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from huiyin.procedure.words import Words

from .parts import LetterIncompleteError, Sender

UNREADABLE = date(1, 1, 1)  # stands in for a missing day until `done` raises


class Fields:
    """One snapshot being read for one kind of letter; `why` says in words which rule asks for its fields."""

    def __init__(self, kind: str, data: Mapping[str, Any], why: Words, missing: list[Words] | None = None) -> None:
        self.kind, self.data, self.why = kind, data, why
        self.missing: list[Words] = [] if missing is None else missing

    def text(self, key: str, words: Words | None = None) -> str:
        """The text under `key`, trimmed; missing text is an error when `words` names it."""
        value = self.data.get(key)
        found = str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""
        self.check(bool(found) or words is None, words)
        return found

    def day(self, key: str, words: Words | None = None) -> date:
        """The ISO date under `key`; UNREADABLE and an error when it is missing or is no date."""
        value = self.data.get(key)
        try:
            return date.fromisoformat(str(value)[:10]) if str(value or "").strip() else self._no_day(words)
        except ValueError:
            return self._no_day(words or Words(f"日期“{value}”", f"the date “{value}”"))

    def _no_day(self, words: Words | None) -> date:
        self.check(words is None, words)
        return UNREADABLE

    def number(self, key: str, words: Words) -> int:
        """The positive whole number under `key`."""
        value = self.text(key)
        good = value.isascii() and value.isdigit() and len(value) < 6 and int(value) > 0
        self.check(good, words)
        return int(value) if good else 0

    def texts(self, key: str, words: Words | None = None) -> list[str]:
        """The list of texts under `key` without blanks; a single text counts as a list of one."""
        value = self.data.get(key) or []
        items = [value] if isinstance(value, str) else value if isinstance(value, list | tuple) else []
        found = [str(item).strip() for item in items if str(item).strip()]
        self.check(bool(found) or words is None, words)
        return found

    def part(self, key: str) -> Fields:
        """The dict under `key`, read with the same list of missing things."""
        value = self.data.get(key)
        return Fields(self.kind, value if isinstance(value, Mapping) else {}, self.why, self.missing)

    def parts(self, key: str, words: Words | None = None) -> list[Fields]:
        """The dicts in the list under `key`."""
        value = self.data.get(key)
        items = [item for item in value if isinstance(item, Mapping)] if isinstance(value, list | tuple) else []
        self.check(bool(items) or words is None, words)
        return [Fields(self.kind, item, self.why, self.missing) for item in items]

    def sender(self) -> Sender:
        """The writing office from `sender`; its unit is the head of the paper and can't be missing."""
        part = self.part("sender")
        unit = part.text("unit", Words("发文单位的名称", "the name of the issuing unit"))
        return Sender(unit, *(part.text(key) for key in ("office", "phone", "address", "hours")))

    def check(self, good: bool, words: Words | None) -> None:
        """Note `words` as missing unless `good`."""
        if not good and words is not None and words not in self.missing:
            self.missing.append(words)

    def in_order(self, *days: date) -> None:
        """Note a problem if days that are known do not follow one another."""
        known = [day for day in days if day != UNREADABLE]
        self.check(known == sorted(known), Words("前后相符的日期", "dates that follow one another"))

    def done(self) -> None:
        """Raise LetterIncompleteError if anything was missing."""
        if self.missing:
            raise LetterIncompleteError(self.kind, tuple(self.missing), self.why)
