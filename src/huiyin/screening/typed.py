"""Reads what was typed for campaigns, sheets and findings: lines, days, numbers; every refusal names its field."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar

from huiyin.cases.facts import tidy
from huiyin.kernel.errors import Invalid, Refused
from huiyin.kernel.typed import half_width, row_number

T = TypeVar("T")
LONGEST = 5000


class Reader:
    """Reads the fields of one form; `finish` raises Invalid with everything that is to be mended."""

    def __init__(self, typed: Mapping[str, Any]) -> None:
        self._typed = typed
        self.errors: dict[str, Refused] = {}

    def take(self, field: str, read: Callable[[str], T], otherwise: T) -> T:
        """What `read` makes of a field, or `otherwise` with the refusal noted."""
        try:
            return read(str(self._typed.get(field, "") or ""))
        except Refused as refused:
            self.refuse(field, refused)
            return otherwise

    def words(self, field: str, name: tuple[str, str], *, most: int, needed: bool = False, line: bool = True) -> str:
        return self.take(field, lambda typed: _words(typed, name, most, needed, line), "")

    def day(self, field: str, name: tuple[str, str]) -> date | None:
        return self.take(field, lambda typed: _day(typed, name), None)

    def chosen(self, field: str, among: Mapping[str, T], name: tuple[str, str], *, needed: bool = True) -> T | None:
        """The one of `among` whose key was sent."""
        return self.take(field, lambda typed: _chosen(typed, among, name, needed), None)

    def refuse(self, field: str, refused: Refused) -> None:
        refused.field = field
        self.errors.setdefault(field, refused)

    def finish(self) -> None:
        if self.errors:
            raise Invalid(self.errors)


def _words(typed: str, name: tuple[str, str], most: int, needed: bool, line: bool) -> str:
    words = tidy(typed, one_line=line)
    if needed and not words:
        raise missing(name)
    if len(words) > most:
        raise Refused(
            f"“{name[0]}”最多{most}个字，现在有{len(words)}个字。",
            f"“{name[1]}” takes at most {most} characters; this has {len(words)}.",
        )
    return words


def missing(name: tuple[str, str]) -> Refused:
    return Refused(f"请填写“{name[0]}”。", f"Please fill in “{name[1]}”.")


def _day(typed: str, name: tuple[str, str]) -> date:
    if not typed.strip():
        raise missing(name)
    try:
        return date.fromisoformat(half_width(typed))
    except ValueError:
        raise Refused(
            f"“{name[0]}”读不懂，请写成2026-03-16、3月16日或者3.16。",
            f"“{name[1]}” can't be read; write it like 2026-03-16 or 3.16.",
        ) from None


def _chosen(typed: str, among: Mapping[str, T], name: tuple[str, str], needed: bool) -> T | None:
    if not typed and not needed:
        return None
    if typed not in among:
        raise Refused(f"请在“{name[0]}”里选一个。", f"Choose one for “{name[1]}”.")
    return among[typed]


def number(typed: str) -> int | None:
    """A whole number as people type it, １２ too; None where nothing was typed. Raises Refused."""
    plain = re.sub(r"[,，\s]", "", half_width(typed))  # data: marks between digits
    if not plain:
        return None
    found = row_number(plain)
    if found is None or found > 1_000_000:
        raise Refused("请填一个整数，不知道就空着。", "Type a whole number, or leave it empty if nobody knows.")
    return found
