"""Writes a table as .xlsx, as the file of rows to correct: every cell is plain text.

Nothing in it is ever a formula or a link, whatever it begins with; long numbers keep their digits because no cell is a
number. Columns that must stay text while somebody edits them (ID numbers, phones, dates) get Excel's text format.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from huiyin.documents.refusals import refusal

MOST_ROWS = 1_048_575  # below the header
MOST_CHARACTERS = 32_767  # of a cell, Excel's limit
_CUT = "……"


def write_table(
    path: str | os.PathLike[str],
    headers: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    text_columns: Collection[str] = (),
) -> list[tuple[int, int]]:
    """Writes headers and rows to `path` (replaced whole or not at all), without holding the rows.

    Returns (row number in the file, column from 0) of the cells that Excel's limit of 32 767 characters cut off; they
    end in an ellipsis. Raises Unacceptable (too-many-rows) beyond 1 048 575 rows.
    """
    target = Path(path)
    handle, unfinished = tempfile.mkstemp(dir=target.parent, suffix=".part")
    os.close(handle)
    try:
        with xlsxwriter.Workbook(unfinished, {"constant_memory": True}) as book:
            cut = _write_sheet(book, headers, rows, text_columns)
        Path(unfinished).replace(target)
    finally:
        Path(unfinished).unlink(missing_ok=True)
    return cut


def _write_sheet(
    book: Any, headers: Sequence[str], rows: Iterable[Sequence[str]], text_columns: Collection[str]
) -> list[tuple[int, int]]:
    sheet = book.add_worksheet()
    bold, plain, text = book.add_format({"bold": True}), book.add_format(), book.add_format({"num_format": "@"})
    formats = [text if header in text_columns else plain for header in headers]
    for column, header in enumerate(headers):
        sheet.set_column(column, column, min(40, max(10, 2 * len(header) + 4)), formats[column])
        sheet.write_string(0, column, header[:MOST_CHARACTERS], bold)
    sheet.freeze_panes(1, 0)
    cut: list[tuple[int, int]] = []
    for number, cells in enumerate(rows, 1):
        if number > MOST_ROWS:
            raise refusal("too-many-rows", limit=MOST_ROWS)
        for column, cell in enumerate(cells):
            if len(cell) > MOST_CHARACTERS:
                cell = cell[: MOST_CHARACTERS - len(_CUT)] + _CUT
                cut.append((number + 1, column))
            # write_string, never write: that one would make "=1+1" a formula and "http:…" a link.
            sheet.write_string(number, column, cell, formats[column] if column < len(formats) else plain)
    return cut
