"""How single cells of a roster are written: blanks, sexes, yes and no, kinds, days and months.

Each reader gives a value or raises Refused with the field and words that quote at most 20 characters of the cell.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from huiyin.documents.cell_text import serial_text
from huiyin.kernel.errors import Refused
from huiyin.kernel.typed import half_width, one_line
from huiyin.people.roster.columns import FIELDS

_BLANKS = {  # data: cells that say nothing
    *("", "-", "--", "—", "——", "/", "\\", "无", "无电话", "没有", "不详", "未知", "暂无", "n/a", "null", "none", "nan")
}
_LONGEST_BLANK = 6
SEXES = {  # data: as files write it, GB/T 2261.1 included
    **dict.fromkeys(("男", "男性", "m", "male", "1"), "male"),
    **dict.fromkeys(("女", "女性", "f", "female", "2"), "female"),
}
YES_OR_NO = {  # data: as files write it
    **dict.fromkeys(("是", "有", "异地", "√", "✓", "y", "yes", "1", "true"), True),
    **dict.fromkeys(("否", "本地", "×", "n", "no", "0", "false"), False),
}
KINDS = {"离休": "lixiu", "退职": "tuizhi", "退休": "tuixiu"}  # data: words within a cell
ID_KINDS = {  # data: words within a cell
    "居住证": "permit",
    "护照": "passport",
    "身份证": "resident",
    "其他": "other",
    "其它": "other",
}
_DATE = re.compile(  # data: as people write dates
    r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?(?:[ T][0-9:.]+)?"
)
_MONTH = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})月?")  # data: as people write months


def is_blank(cell: str) -> bool:
    """Whether a cell says nothing: empty, a dash, 无, 不详 …"""
    plain = cell.strip()
    return len(plain) <= _LONGEST_BLANK and one_line(plain).lower() in _BLANKS


def one_of(table: Mapping[str, Any], field: str, cell: str, allowed: tuple[str, str], *, blank: Any) -> Any:
    """What the table says of the whole cell; `blank` for a blank one. `allowed`: what may be written, in both languages."""
    plain = half_width(cell).lower()
    if plain in table:
        return table[plain]
    if is_blank(cell):
        return blank
    raise _unknown(field, cell, allowed)


def by_word(table: Mapping[str, str], field: str, cell: str, allowed: tuple[str, str]) -> str:
    """What the table says of the first of its words that the cell holds; empty for a blank cell."""
    if is_blank(cell):
        return ""
    plain = cell.strip().lower()
    for word, value in table.items():
        if word in plain or plain == value:
            return value
    raise _unknown(field, cell, allowed)


def _unknown(field: str, cell: str, allowed: tuple[str, str]) -> Refused:
    named, shown, (zh, en) = FIELDS[field].name, one_line(cell)[:20], allowed
    return Refused(
        f"{named.zh}“{shown}”看不懂，请写：{zh}。",
        f"{named.en} “{shown}” is not known; write one of: {en}.",
        field=field,
    )


def read_day(field: str, cell: str) -> tuple[date | None, bool]:
    """The day in a cell, and whether only its month is known (then the first of it). None for a blank cell."""
    if is_blank(cell):
        return None, False
    plain = half_width(cell)
    if re.fullmatch("[0-9]{8}|[0-9]{6}", plain):
        plain = "-".join(filter(None, (plain[:4], plain[4:6], plain[6:])))
    elif re.fullmatch("[1-9][0-9]{4}", plain):
        plain = serial_text(float(plain), with_day=True) or plain  # a date whose cell lost its format
    if match := _DATE.fullmatch(plain):
        return _real_day(field, cell, int(match[1]), int(match[2]), int(match[3])), False
    if match := _MONTH.fullmatch(plain):
        return _real_day(field, cell, int(match[1]), int(match[2]), 1), True
    named, shown = FIELDS[field].name, one_line(cell)[:20]
    raise Refused(
        f"{named.zh}“{shown}”不是日期，请写成1949-12-31这样。",
        f"{named.en} “{shown}” is not a date; write it like 1949-12-31.",
        field=field,
    )


def _real_day(field: str, cell: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        named, shown = FIELDS[field].name, one_line(cell)[:20]
        raise Refused(
            f"{named.zh}：没有“{shown}”这一天，请核对。",
            f"{named.en}: there is no day “{shown}”; please check.",
            field=field,
        ) from None
