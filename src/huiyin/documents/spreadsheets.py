"""Tables that people bring (.xlsx, .xls, .csv, .jsonl) as headers and rows of text, read row by row.

The kind is decided from the content. Only stored values are read, never formulas. What is uncertain about a row travels
with it as a doubt in words, so that the import can show it; only a file that can't be read at all is refused (Unacceptable).
Rosters often have a title above the header: the header is the first row with two filled cells.
"""

from __future__ import annotations

import io
import itertools
import json
import os
import re
import weakref
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, NamedTuple, Self

from huiyin.documents import confined
from huiyin.documents.cell_text import Doubt, lost_digits, surplus_cells
from huiyin.documents.inspection import Limits, kind_of
from huiyin.documents.office_package import PackageLimits, package_kind
from huiyin.documents.plain_text import NotText, encoding_of
from huiyin.documents.refusals import Unacceptable, refusal, shown
from huiyin.documents.table_writing import write_table
from huiyin.documents.text_rows import csv_rows, json_headers, json_rows
from huiyin.documents.xlsx_rows import MOST_COLUMNS, RawRow, Workbook, open_workbook, sheet_rows
from huiyin.procedure.words import Words

__all__ = ["Doubt", "Row", "Table", "Unacceptable", "read_table", "write_table"]

MOST_BYTES = 200 << 20
_PACKAGE = PackageLimits(unpacked=1 << 30, free=64 << 20)
_TITLE_ROWS = 20  # at most so many rows before the header
_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")  # what no database column takes
_BLANK = " \t\r\n\u3000\xa0\ufeff"


class Row(NamedTuple):
    """A row: its number in the file (from 1), its cells in the order of the headers, what is doubtful about it."""

    number: int
    cells: tuple[str, ...]
    doubts: tuple[Doubt, ...] = ()


@dataclass
class Table:
    """Headers and rows of a table. `rows` can be gone through once; `remarks` is complete after that.

    The file stays open until the last row was read or `close` is called: use it as a context manager.
    """

    headers: list[str]
    rows: Iterator[Row]
    kind: str  # xlsx, xls, csv or jsonl
    header_row: int
    sheet: str | None = None
    sheets: tuple[str, ...] = ()
    encoding: str | None = None
    remarks: list[Words] = field(default_factory=list)
    _close: Callable[[], None] = field(default=lambda: None, repr=False)

    def close(self) -> None:
        """Ends reading; further rows are lost."""
        self._close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def read_table(path: str | os.PathLike[str], *, name: str, sheet: str | None = None) -> Table:
    """The table in a file; of a workbook the sheet of that name, or the first visible one that is not empty.

    Raises Unacceptable at once for what is no table, and while rows are read for what turns out damaged.
    """
    name, size = shown(name), Path(path).stat().st_size
    if not size:
        raise refusal("empty", name=name)
    if size > MOST_BYTES:
        raise refusal("too-large", name=name, limit=MOST_BYTES >> 20)
    source = Path(path).open("rb")  # noqa: SIM115 - the rows keep it open
    try:
        table = _reader_for(source, name)(source, name, sheet)
        # Closes the file even if somebody drops the table half read.
        table._close = weakref.finalize(table, source.close)
        return table
    except BaseException:
        source.close()
        raise


def _reader_for(source: IO[bytes], name: str) -> Callable[[IO[bytes], str, str | None], Table]:
    head = source.read(2048)
    if head.startswith(b"PK"):
        kind = package_kind(source, name, _PACKAGE)
        if kind == "opendocument":
            raise refusal("other-spreadsheet", name=name, kind="OpenDocument")
        if kind != "xlsx":
            raise refusal("not-a-table", name=name)
        return _xlsx
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return _xls
    kind = kind_of(head, name=name, limits=Limits())
    if kind in ("html", "xml"):
        raise refusal("page-as-table", name=name)
    if kind not in ("txt", "unknown"):  # unknown: the head may end in the middle of a character
        raise refusal("program" if kind == "program" else "not-a-table", name=name)
    return _text


def _xlsx(source: IO[bytes], name: str, wanted: str | None) -> Table:
    book = open_workbook(zipfile.ZipFile(source), name)
    sheets = tuple(book.sheets)
    if wanted is not None and wanted not in sheets:
        raise refusal("no-sheet", name=name, sheet=shown(wanted), sheets=", ".join(map(shown, sheets[:20])))
    for title in (wanted,) if wanted is not None else sheets:
        rows = sheet_rows(book, book.sheets[title])
        if (first := next(rows, None)) is not None:
            table = _table(itertools.chain([first], rows), name, "xlsx")
            table.sheet, table.sheets = title, sheets
            table.rows = _then(table, source, book)
            return table
    raise refusal("no-rows", name=name)


def _xls(source: IO[bytes], name: str, wanted: str | None) -> Table:
    answers = _xls_answers(source, name, wanted)
    about = next(answers)
    sheets = tuple(about["sheets"])
    if about["sheet"] is None and wanted is not None:
        raise refusal("no-sheet", name=name, sheet=shown(wanted), sheets=", ".join(map(shown, sheets[:20])))
    rows = (_from_child(row) for batch in answers for row in batch)
    table = _table(rows, name, "xls")
    table.sheet, table.sheets = about["sheet"], sheets
    table.rows = _then(table, source)
    return table


def _from_child(row: Any) -> RawRow:
    number, cells, lost = row
    return number, cells, [lost_digits(column, cells[column]) for column in lost]


def _xls_answers(source: IO[bytes], name: str, wanted: str | None) -> Iterator[Any]:
    arguments = () if wanted is None else (wanted,)
    try:
        with confined.child("huiyin.documents.xls_child", *arguments, source=source) as process:
            for message in confined.messages(process, seconds=60):
                answer = json.loads(message)
                if isinstance(answer, dict) and "refused" in answer:
                    raise refusal(answer["refused"], name=name)
                yield answer
    except confined.Stopped:
        raise refusal("too-costly", name=name) from None


def _text(source: IO[bytes], name: str, wanted: str | None) -> Table:
    try:
        encoding = encoding_of(source)
    except NotText as reason:
        raise refusal("encoding", name=name, line=reason.line) from None
    if _is_json(source, encoding):
        headers = json_headers(source, encoding, name)
        if not headers:
            raise refusal("no-rows", name=name)
        raw = json_rows(source, encoding, name, headers)
        table = Table(headers, _rows(raw, len(headers)), "jsonl", header_row=0)
    else:
        table = _table(csv_rows(source, encoding, name), name, "csv")
    table.encoding = encoding.removesuffix("-sig")
    table.rows = _then(table, source)
    return table


def _is_json(source: IO[bytes], encoding: str) -> bool:
    source.seek(0)
    head = io.TextIOWrapper(io.BytesIO(source.read(4096)), encoding=encoding, errors="ignore").read()
    return head.lstrip(_BLANK).startswith("{")


def _table(raw: Iterator[RawRow], name: str, kind: str) -> Table:
    """Finds the header among the first rows; what stands above it is left out."""
    before: list[RawRow] = []
    for row in itertools.islice(raw, _TITLE_ROWS):
        before.append(row)
        if sum(1 for cell in row[1] if cell.strip(_BLANK)) >= 2:
            break
    else:  # one column only: the first row is the header
        raw, before = itertools.chain(before[1:], raw), before[:1]
    if not before:
        raise refusal("no-rows", name=name)
    number, cells, _ = before[-1]
    headers = _headers(cells, name)
    return Table(headers, _rows(raw, len(headers)), kind, header_row=number)


def _headers(cells: list[str], name: str) -> list[str]:
    headers = [" ".join(_UNSTORABLE.sub("", cell).strip(_BLANK).split()) for cell in cells]
    while headers and not headers[-1]:
        headers.pop()
    if len(headers) > MOST_COLUMNS:
        raise refusal("too-many-columns", name=name, limit=MOST_COLUMNS)
    return headers


def _rows(raw: Iterator[RawRow], columns: int) -> Iterator[Row]:
    padding = ("",) * columns
    for number, cells, doubts in raw:
        texts = tuple([cell.strip(_BLANK) for cell in cells])
        if _UNSTORABLE.search("".join(texts)):
            texts = tuple([_UNSTORABLE.sub("\ufffd", text) for text in texts])
        if any(texts[columns:]):
            doubts.append(surplus_cells(columns))
        if doubts or any(texts):
            yield Row(number, (texts + padding)[:columns], tuple(doubts))


def _then(table: Table, source: IO[bytes], book: Workbook | None = None) -> Iterator[Row]:
    """The table's rows, then closes the file and says what was left out."""
    rows = table.rows

    def until_end() -> Iterator[Row]:
        with source:
            yield from rows
        if book is not None and book.skipped_after is not None:
            after = book.skipped_after
            table.remarks.append(
                Words(
                    f"第{after}行之后有一万多行空白，空白后面的内容没有读入。请删去中间的空白行再导入。",
                    f"After row {after} come more than ten thousand blank rows; what follows them was not read. "
                    "Delete the blank rows and import again.",
                )
            )

    return until_end()
