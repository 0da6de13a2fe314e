"""CSV bytes to rows of texts, and dates as people and spreadsheets write them."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable
from datetime import date

from huiyin.procedure.words import Words

_DATE = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?(?:[ T]0{1,2}:00(?::00)?)?")


class Unreadable(ValueError):
    """A file or a cell that cannot be understood; `words` say why."""

    def __init__(self, words: Words) -> None:
        self.words = words
        super().__init__(words.en)


def parse_date(text: str) -> date:
    """A date as people and spreadsheets write it: 2026-02-03, 2026/2/3, 2026.2.3, 2026年2月3日. Or Unreadable."""
    match = _DATE.fullmatch(unicodedata.normalize("NFKC", text).strip())
    shown = text.strip()[:40]
    if match is None:
        raise Unreadable(
            Words(
                f"“{shown}”不是日期，请写成2026-02-03这样。",
                f"“{shown}” is not a date; write it like 2026-02-03.",
            )
        )
    try:
        return date(*map(int, match.groups()))
    except ValueError:
        raise Unreadable(
            Words(
                f"没有“{shown}”这一天，请核对年月日。",
                f"There is no day “{shown}”; check year, month and day.",
            )
        ) from None


def read_csv(content: bytes, columns: Iterable[str]) -> list[dict[str, str]]:
    """The rows of a CSV file in UTF-8 or GB18030, one dict a row and keyed by the header in lower case.

    Keeps blank rows, so that the place in the list plus 2 is the row number in a spreadsheet.
    Raises Unreadable when it is no text, has no header with all of `columns`, or breaks the CSV form.
    """
    try:
        table = list(csv.reader(io.StringIO(_decode(content), newline=""), strict=True))
    except csv.Error as error:
        raise Unreadable(
            Words(f"CSV格式有错，读不下去：{error}。", f"The CSV is broken and cannot be read: {error}.")
        ) from error
    header = [cell.strip().lower() for cell in table[0]] if table else []
    missing = [column for column in columns if column not in header]
    if missing:
        listed = ", ".join(missing)
        raise Unreadable(
            Words(
                f"第一行要写列名，缺少：{listed}。",
                f"The first row must name the columns; missing: {listed}.",
            )
        )
    return [_keyed(header, row) for row in table[1:]]


def _keyed(header: list[str], row: list[str]) -> dict[str, str]:
    cells = [cell.strip() for cell in row[: len(header)]]
    return dict(zip(header, cells + [""] * (len(header) - len(cells)), strict=True))


def _decode(content: bytes) -> str:
    if b"\0" not in content and not content.startswith((b"PK\x03\x04", b"%PDF")):
        for encoding in ("utf-8-sig", "gb18030"):
            try:
                return content.decode(encoding)
            except UnicodeDecodeError:
                continue
    raise Unreadable(
        Words(
            "这不是CSV文本文件。请在表格软件里另存为CSV（UTF-8或GB18030编码）。",
            "This is not a CSV text file. Save it as CSV (UTF-8 or GB18030) from your spreadsheet program.",
        )
    )
