"""The sheet of an oral statement (Art. 19): large print, what was said, and the lines on which reading back is confirmed.

Before it is confirmed the lines are empty, to be filled in by hand; afterwards they say what was recorded.
"""

from __future__ import annotations

# data: official letters and receipts are in the law's language
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from . import press
from .pdf import BEIJING, single
from .wording import said

BLANK = ""  # a ruled line to write on


@dataclass(frozen=True)
class Sheet:
    """What the sheet says. `how`, `present`, `mark` and `confirmed_at` are empty until the person confirmed the words."""

    unit: str
    name: str
    via: str
    said_on: date
    taken_by: str
    version: int
    text: str
    how: str = ""
    present: str = ""
    mark: str = ""
    confirmed_at: datetime | None = None

    @property
    def title(self) -> str:
        return "口头反映记录"

    @property
    def rows(self) -> list[tuple[str, str]]:
        """The head of the sheet: label and value."""
        return [
            ("反映人", self.name or "没有留姓名"), ("时间", said(self.said_on)), ("怎样说的", self.via), ("记录人", self.taken_by),
            ("第几稿", f"第{self.version}稿"),
        ]  # fmt: skip

    @property
    def lines(self) -> list[tuple[str, str]]:
        """The lines of confirmation: label and value, or a blank to write on."""
        done = self.confirmed_at.astimezone(BEIJING) if self.confirmed_at else None
        when = f"{said(done.date())} {done:%H:%M}" if done else BLANK
        return [
            ("核对方式", self.how or "□念给本人听　□本人自己看"), ("在场的人", self.present or BLANK),
            ("签名或手印", self.mark or BLANK), ("确认时间", when),
        ]  # fmt: skip


def render(sheet: Sheet, *, made_at: datetime, folder: Path | None = None) -> bytes:
    """The sheet as PDF/A-2b, A4."""
    day = made_at.astimezone(BEIJING)
    data = {
        "unit": single(sheet.unit),
        "title": sheet.title,
        "rows": [[label, single(value)] for label, value in sheet.rows],
        "paragraphs": [line.strip() for line in sheet.text.splitlines() if line.strip()],
        "confirm": "上面的话已经核对，和我说的一样。",
        "lines": [[label, single(value)] for label, value in sheet.lines],
        "law": "依据《信访工作条例》第十九条：对采用口头形式提出的信访事项，应当如实记录。",
        "sign": "反映人签名：",
        "day": {"year": day.year, "month": day.month, "day": day.day},
    }
    return press.pdf("statement.typ", data, made_at=made_at, folder=folder)
