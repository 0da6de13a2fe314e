"""Roster files as tables: looked at, read, and read through once before anything is written.

What the document rules don't accept becomes a Refused for the field `file`.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from huiyin.documents.services import store
from huiyin.documents.spreadsheets import Doubt, Row, Table, Unacceptable, read_table
from huiyin.kernel.errors import Refused
from huiyin.people.models import RosterImport
from huiyin.people.roster.columns import match_headings
from huiyin.procedure.words import Words


@dataclass(frozen=True)
class Plan:
    """What a file holds before its rows are read: headings, columns recognised (place → field), sheets to choose from."""

    headings: list[str]
    columns: dict[int, str]
    sheet: str
    sheets: tuple[str, ...]
    heading_row: int
    kind: str


@dataclass(frozen=True)
class Source:
    """A file on its way in: where it lies, what it was called, the sheet that was chosen ("": the first with content)."""

    path: Path
    name: str
    sheet: str = ""


@dataclass
class Spool:
    """A table that was read to its end: how many rows it has, the rows, remarks about the file."""

    total: int
    rows: Iterator[Row]
    remarks: list[Words]


def source_of(roster_import: RosterImport) -> Source:
    """The file of an import, as it was kept."""
    return Source(store().path(roster_import.sha256), roster_import.name, roster_import.sheet)


def plan(source: Source) -> Plan:
    """Looks at a file."""
    with reading(source) as table:
        columns = match_headings(table.headers)
        return Plan(table.headers, columns, table.sheet or "", table.sheets, table.header_row, table.kind)


@contextmanager
def reading(source: Source) -> Iterator[Table]:
    """The table in a file, closed afterwards."""
    try:
        table = read_table(source.path, name=source.name, sheet=source.sheet or None)
        try:
            yield table
        finally:
            table.rows.close()  # type: ignore[attr-defined]  # a generator that holds the file open
    except Unacceptable as unacceptable:
        words = unacceptable.words
        raise Refused(words.zh, words.en, field="file", code=unacceptable.code) from None


@contextmanager
def spooled(source: Source) -> Iterator[Spool]:
    """The rows of a file after it was read through, so that a damaged one is noticed before anything is done."""
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="surrogatepass") as spool:
        total = 0
        with reading(source) as table:
            for row in table.rows:
                spool.write(_line(row))
                total += 1
        spool.seek(0)
        yield Spool(total, map(_row, spool), table.remarks)


def _line(row: Row) -> str:
    doubts = [(doubt.column, doubt.words.zh, doubt.words.en) for doubt in row.doubts]
    return json.dumps((row.number, row.cells, doubts)) + "\n"


def _row(line: str) -> Row:
    number, cells, doubts = json.loads(line)
    return Row(number, tuple(cells), tuple(Doubt(column, Words(zh, en)) for column, zh, en in doubts))
