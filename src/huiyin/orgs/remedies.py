"""Legal routes beside a petition, by topic (早说): their limits run on while the petition is handled, so they are said early.

A hint with its source, never a reason to refuse. The shipped table is remedies.csv; an office may lay its own file of that name into the
data folder, which then counts instead.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from django.conf import settings

from huiyin.orgs.models import Topic
from huiyin.procedure.words import Words

COLUMNS = (
    "topic", "case_zh", "case_en", "route_zh", "route_en", "limit_zh", "limit_en", "source_zh", "source_en", "checked",
)  # fmt: skip
UNCHECKED = Words("，天数未与原文核对", "; the number was not held against the text")


@dataclass(frozen=True)
class Remedy:
    """A route that matters of a topic and of all below it usually have: `case` says to whom it is open, `limit` by when. Whether the
    number was held against the text stands in `checked`."""

    topic: str
    case: Words
    route: Words
    limit: Words
    source: Words
    checked: bool

    @property
    def hint(self) -> Words:
        """One sentence for the desk, with its source."""
        doubt = Words("", "") if self.checked else UNCHECKED
        return Words(
            f"{self.case.zh}，可以{self.route.zh}：{self.limit.zh}（{self.source.zh}{doubt.zh}）。",
            f"{self.route.en[0].upper()}{self.route.en[1:]} is open {self.case.en}: {self.limit.en} ({self.source.en}{doubt.en}).",
        )


def of(topic: Topic | None) -> tuple[Remedy, ...]:
    """The routes of the closest topic that has any: its own, or those of one above it."""
    while topic is not None:
        if found := tuple(remedy for remedy in table() if remedy.topic == topic.code):
            return found
        topic = topic.parent
    return ()


@cache
def table() -> tuple[Remedy, ...]:
    """All routes. ValueError names the first row of the office's own file that can't be read."""
    own = settings.HOME / "remedies.csv"
    text = own.read_text(encoding="utf-8-sig") if own.exists() else _shipped()
    return tuple(_read(text.splitlines()))


def _shipped() -> str:
    return files(__package__).joinpath("remedies.csv").read_text(encoding="utf-8")


def _read(lines: Iterable[str]) -> Iterable[Remedy]:
    for place, row in enumerate(csv.DictReader(lines), 2):
        if set(row) != set(COLUMNS) or not all((row[name] or "").strip() for name in COLUMNS):
            raise ValueError(f"row {place}")
        kept = {name: row[name].strip() for name in COLUMNS}
        case, route, limit, source = (
            Words(kept[f"{name}_zh"], kept[f"{name}_en"]) for name in ("case", "route", "limit", "source")
        )
        yield Remedy(kept["topic"], case, route, limit, source, kept["checked"] == "yes")
