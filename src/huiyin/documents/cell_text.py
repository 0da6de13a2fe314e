"""How a spreadsheet's cells become text: whole numbers without ".0", dates in ISO form, long numbers digit by digit.

Excel keeps 15 digits of a number. An 18-digit ID number typed into a cell that is not "text" has lost its end before
anybody saves the file, so such a cell is given as it is stored together with a doubt; it is never quietly accepted.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import NamedTuple

from huiyin.procedure.words import Words


class Doubt(NamedTuple):
    """What is uncertain about a row: `column` counts from 0 (None: the whole row)."""

    column: int | None
    words: Words


MOST_DIGITS = 15
_SCIENTIFIC = re.compile(r"[+-]?\d(?:\.\d+)?[eE]\+?(\d{1,3})")
_LAST_DAY = 2_958_465  # 9999-12-31
_BEFORE_DAY_1 = date(1899, 12, 31)


def number_text(stored: str) -> tuple[str, bool]:
    """A stored number as text, and whether it is so long that digits were lost."""
    if len(stored) <= MOST_DIGITS and stored.isascii() and stored.isdigit():
        return stored, False
    try:
        value = float(stored)
    except ValueError:
        return stored, False
    if not abs(value) < 1e21:  # also not-a-number
        return stored, False
    if abs(value) >= 10**MOST_DIGITS:
        return str(int(Decimal(stored))), True
    if value.is_integer():
        return str(int(value)), False
    return format(Decimal(f"{value:.{MOST_DIGITS}g}"), "f"), False


def has_lost_digits(text: str) -> bool:
    """Whether text is a long number that a spreadsheet program shortened: 1.10105E+17, 1.38E+10."""
    shortened = _SCIENTIFIC.fullmatch(text)
    return shortened is not None and 9 <= int(shortened[1]) <= 21


def lost_digits(column: int, text: str) -> Doubt:
    """The doubt about such a cell."""
    return Doubt(
        column,
        Words(
            f"第{column + 1}列的“{text}”是被表格软件缩短过的长号码，后几位已经丢失。请把这一列设为“文本”格式，重新填写完整号码。",
            f"“{text}” in column {column + 1} is a long number that the spreadsheet program shortened; its last digits "
            "are gone. Format the column as text and enter the number again.",
        ),
    )


def no_stored_value(column: int) -> Doubt:
    """The doubt about a formula that was never calculated."""
    return Doubt(
        column,
        Words(
            f"第{column + 1}列是公式，文件里没有存计算结果。请用Excel或WPS打开并保存一次，再导入。",
            f"Column {column + 1} holds a formula without a stored result. Open the file in Excel or WPS, save it, "
            "and import it again.",
        ),
    )


def error_value(column: int, text: str) -> Doubt:
    """The doubt about a formula that ended in an error."""
    return Doubt(
        column,
        Words(
            f"第{column + 1}列的公式结果是错误值{text}，按空白处理。请改正后再导入。",
            f"The formula in column {column + 1} gives the error {text}; it is taken as blank. Correct it and import again.",
        ),
    )


def surplus_cells(columns: int) -> Doubt:
    """The doubt about a row that is longer than the header."""
    return Doubt(
        None,
        Words(
            f"这一行在第{columns}列之后还有内容，但表头只有{columns}列，多出的内容没有读入。",
            f"This row goes on after column {columns}, where the header ends; what is beyond was not read.",
        ),
    )


def serial_text(serial: float, *, with_day: bool, from_1904: bool = False) -> str | None:
    """A spreadsheet's day number as 2026-02-03, 2026-02-03 14:30:00 or 14:30:00; None if it is no date.

    Day 1 is 1900-01-01 with a 29 February 1900 that never was, or day 0 is 1904-01-01.
    """
    if not 0 <= serial <= _LAST_DAY:
        return None
    days, seconds = divmod(round(serial * 86_400), 86_400)
    clock = time(seconds // 3600, seconds // 60 % 60, seconds % 60)
    if not with_day:
        return clock.isoformat() if days == 0 else None
    first = date(1904, 1, 1) if from_1904 else _BEFORE_DAY_1 if days < 60 else _BEFORE_DAY_1 - timedelta(days=1)
    try:
        day = first + timedelta(days=days)
    except OverflowError:
        return None
    return f"{day.isoformat()} {clock.isoformat()}" if seconds else day.isoformat()


def moment_text(value: datetime | date | time | timedelta) -> str:
    """A date or time that a reader already understood, in the same form."""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")
    return str(value) if isinstance(value, timedelta) else value.isoformat()


# Built-in formats that are dates, the ones of Chinese Excel (27–36, 50–58) included; 18–21, 32–35 and 45–47 are times.
_BUILT_IN_TIMES = {18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47, 55, 56}
_BUILT_IN_DATES = {*range(14, 18), 22, *range(27, 32), 36, *range(50, 55), 57, 58}
_NOT_CODE = re.compile(r'"[^"]*"|\\.|[_*].|\[[^\]]*\]')


def date_kind(number: int, code: str | None) -> str:
    """Whether a number format shows a `day`, only a `time`, or neither (``""``). ECMA-376 part 1, 18.8.30."""
    if code is None:
        return "day" if number in _BUILT_IN_DATES else "time" if number in _BUILT_IN_TIMES else ""
    letters = set(_NOT_CODE.sub("", code.split(";")[0]).lower())
    if letters & {"y", "d"} or ("m" in letters and not letters & {"h", "s"}):
        return "day"
    return "time" if letters & {"h", "s"} else ""
