"""The child program of `spreadsheets` for old .xls workbooks: sends the rows of one sheet as JSON messages.

    python -m huiyin.documents.xls_child [SHEET]      (workbook on standard input)

First {"sheets": […], "sheet": name}, then lists of [row number, cells, columns that lost digits], or {"refused": code}.
The reader builds the sheet's whole rectangle in memory, hence the limit; an .xls has at most 65 536 rows.
"""

from __future__ import annotations

import io
import json
import sys
from datetime import date, datetime, time, timedelta
from typing import Any

from huiyin.documents.cell_text import MOST_DIGITS, moment_text, number_text
from huiyin.documents.confined import confine, send

_BATCH = 500  # rows in a message
_MEMORY, _SECONDS = 400 << 20, 60


def main(arguments: list[str]) -> None:
    confine(memory=_MEMORY, seconds=_SECONDS)
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
        _send_sheet(book, arguments[0] if arguments else None)
    except PasswordError:
        _answer({"refused": "password"})
    except (CalamineError, ValueError, OSError):
        _answer({"refused": "damaged"})


def _send_sheet(book: Any, wanted: str | None) -> None:
    names = [str(name) for name in book.sheet_names]
    if wanted is not None and wanted not in names:
        _answer({"sheets": names, "sheet": None})
        return
    for name in [wanted] if wanted is not None else names:
        sheet = book.get_sheet_by_name(name)
        if sheet.start is not None or name == names[-1] or wanted is not None:
            _answer({"sheets": names, "sheet": name})
            _send_rows(sheet)
            return
    _answer({"sheets": names, "sheet": None})


def _send_rows(sheet: Any) -> None:
    first = sheet.start[0] + 1 if sheet.start else 1
    indent = [""] * (sheet.start[1] if sheet.start else 0)
    batch: list[Any] = []
    for number, row in enumerate(sheet.iter_rows(), first):
        texts = [_text(value) for value in row]
        cells = indent + [text for text, _ in texts]
        if any(cells):
            batch.append([number, cells, [len(indent) + at for at, (_, lost) in enumerate(texts) if lost]])
        if len(batch) == _BATCH:
            _answer(batch)
            batch = []
    _answer(batch)


def _text(value: Any) -> tuple[str, bool]:
    if isinstance(value, bool):
        return str(value).upper(), False
    if isinstance(value, (int, float)):
        return number_text(repr(value) if abs(value) < 10**MOST_DIGITS else f"{value:.0f}")
    if isinstance(value, (datetime, date, time, timedelta)):
        return moment_text(value), False
    return str(value), False


def _answer(answer: Any) -> None:
    send(json.dumps(answer).encode())


if __name__ == "__main__":
    main(sys.argv[1:])
