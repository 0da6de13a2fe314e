"""Reads one sheet of an .xlsx file row by row without ever holding it: stored values only, no formula is run.

Written for this because the fast readers build the whole rectangle between the first and the last used cell: one
stray cell in the last corner made them ask for 550 GB and end the process. Here memory is the shared strings and one row.
Format: ECMA-376 part 1, 18.3 and 18.4; prefixes are ignored, so the strict variant is read alike. Raises Unacceptable.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO

from huiyin.documents.cell_text import (
    Doubt,
    date_kind,
    error_value,
    lost_digits,
    no_stored_value,
    number_text,
    serial_text,
)
from huiyin.documents.refusals import refusal
from huiyin.documents.xlsx_xml import PIECE, XmlFeed, parse_part, refusing_damage, relationships

RawRow = tuple[int, list[str], list[Doubt]]

MOST_COLUMNS = 500
BLANK_ROWS = 10_000  # after so many the rest is only searched for a value, not parsed
_STRINGS, _STRING_CHARACTERS, _CELL_CHARACTERS = 1_500_000, 60_000_000, 200_000
_VALUE = re.compile(rb"<(?:\w+:)?(?:v|t|is)[ >]")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass
class Workbook:
    """An open .xlsx: its visible sheets by name, and what is needed to understand their cells."""

    archive: zipfile.ZipFile
    name: str
    sheets: dict[str, str] = field(default_factory=dict)  # name → part
    from_1904: bool = False
    strings: list[str] = field(default_factory=list)
    date_kinds: list[str] = field(default_factory=list)  # by cell style
    skipped_after: int | None = None  # a row number, if values after a very long gap were not read


def open_workbook(archive: zipfile.ZipFile, name: str) -> Workbook:
    """Reads the list of sheets; strings and styles are read with the first sheet."""
    book = Workbook(archive, name)
    main = next(
        (each.target for each in relationships(archive, "", name) if each.kind == "officeDocument"), "xl/workbook.xml"
    )
    links = relationships(archive, main, name)
    by_id = {each.identity: each.target for each in links}

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag == "workbookPr":
            book.from_1904 = attributes.get("date1904") in ("1", "true")
        elif tag == "sheet" and attributes.get("state", "visible") == "visible":
            part = by_id.get(_local(attributes, "id"), "")
            if part in archive.NameToInfo:
                book.sheets[attributes.get("name", "")] = part

    parse_part(archive, main, name, start)
    by_kind = {each.kind: each.target for each in links}
    _read_styles(book, by_kind.get("styles", ""))
    _read_strings(book, by_kind.get("sharedStrings", ""))
    return book


def sheet_rows(book: Workbook, part: str) -> Iterator[RawRow]:
    """(row number from 1, cells, doubts) of every row that has a value."""
    reader = _SheetReader(book)
    feed = XmlFeed(book.name, reader.start, reader.end, reader.characters)
    with refusing_damage(book.name), book.archive.open(part) as stream:
        while piece := stream.read(PIECE):
            feed.feed(piece)
            yield from reader.done
            reader.done.clear()
            if reader.number - reader.last_filled > BLANK_ROWS:
                if _has_value(stream):
                    book.skipped_after = reader.last_filled
                return
        feed.finish()
    yield from reader.done


def _has_value(stream: IO[bytes]) -> bool:
    """Whether any cell in the rest of a sheet holds a value; searched without parsing, in a fraction of the time."""
    before = b""
    while piece := stream.read(PIECE):
        if _VALUE.search(before + piece):
            return True
        before = piece[-64:]
    return False


class _SheetReader:
    """The state of the parser inside one sheet; finished rows wait in `done`."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        self.done: list[RawRow] = []
        self.number = self.last_filled = 0
        self.cells: dict[int, str] = {}
        self.doubts: list[Doubt] = []
        self.column = -1
        self.kind = self.style = ""
        self.value = ""
        self.in_value = self.has_formula = self.in_reading_aid = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "c":
            known = _COLUMNS.get(attributes.get("r", "").rstrip("0123456789"))
            self.column = self.column + 1 if known is None else known
            self.kind, self.style = attributes.get("t", "n"), attributes.get("s", "0")
            self.value, self.has_formula = "", False
        elif tag == "v" or (tag == "t" and not self.in_reading_aid):
            self.in_value = True
        elif tag == "row":
            number = attributes.get("r", "")
            self.number = int(number) if number.isdigit() and len(number) < 8 else self.number + 1
            self.column = -1
        elif tag == "f":
            self.has_formula = True
        elif tag == "rPh":
            self.in_reading_aid = True

    def characters(self, text: str) -> None:
        if self.in_value:
            self.value += text
            if len(self.value) > _CELL_CHARACTERS:
                raise refusal("row-too-long", name=self.book.name, line=self.number)

    def end(self, tag: str) -> None:
        if tag == "v" or tag == "t":
            self.in_value = False
        elif tag == "c":
            if self.value or self.has_formula:
                self._keep_cell()
        elif tag == "row":
            self._keep_row()
        elif tag == "rPh":
            self.in_reading_aid = False

    def _keep_cell(self) -> None:
        if self.kind == "s" and self.column < MOST_COLUMNS:
            self.cells[self.column] = self._shared()
        elif self.column < MOST_COLUMNS:
            text, doubt = self._cell_text()
            if doubt:
                self.doubts.append(doubt)
            if text:
                self.cells[self.column] = text
        else:
            self.cells[MOST_COLUMNS] = "…"  # one more than allowed: the table decides what that means

    def _cell_text(self) -> tuple[str, Doubt | None]:
        if not self.value:
            return "", None if self.kind == "str" else no_stored_value(self.column)
        if self.kind == "e":
            return "", error_value(self.column, self.value[:20])
        if self.kind == "b":
            return ("TRUE" if self.value.strip() == "1" else "FALSE"), None
        if self.kind == "n":
            return self._number()
        return _unescaped(self.value), None

    def _shared(self) -> str:
        try:
            return self.book.strings[int(self.value)]
        except (ValueError, IndexError):
            raise refusal("damaged", name=self.book.name) from None

    def _number(self) -> tuple[str, Doubt | None]:
        value = self.value.strip()
        if self.style != "0" and self.style.isdigit() and len(self.style) < 7:
            kinds = self.book.date_kinds
            kind = kinds[int(self.style)] if int(self.style) < len(kinds) else ""
            if kind and (moment := self._moment(value, kind)) is not None:
                return moment, None
        text, lost = number_text(value)
        return text, lost_digits(self.column, text) if lost else None

    def _moment(self, value: str, kind: str) -> str | None:
        try:
            return serial_text(float(value), with_day=kind == "day", from_1904=self.book.from_1904)
        except ValueError:
            return None

    def _keep_row(self) -> None:
        if self.cells:
            cells = [""] * (max(self.cells) + 1)
            for column, text in self.cells.items():
                cells[column] = text
            self.done.append((self.number, cells, self.doubts))
            self.cells, self.doubts, self.last_filled = {}, [], self.number
        elif self.doubts:
            self.done.append((self.number, [], self.doubts))
            self.doubts = []


def _letters(column: int) -> str:
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


# The columns of a reference such as AB12; those beyond the limit count as the first one too many.
_COLUMNS = {_letters(column): min(column, MOST_COLUMNS) for column in range(16_384)}


def _read_styles(book: Workbook, part: str) -> None:
    codes: dict[int, str] = {}
    inside = [""]

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag in ("cellXfs", "cellStyleXfs"):
            inside[0] = tag
        elif tag == "numFmt" and attributes.get("numFmtId", "").isdigit():
            codes[int(attributes["numFmtId"])] = attributes.get("formatCode", "")[:255]
        elif tag == "xf" and inside[0] == "cellXfs" and len(book.date_kinds) < 100_000:
            number = attributes.get("numFmtId", "0")
            format_id = int(number) if number.isdigit() else 0
            book.date_kinds.append(date_kind(format_id, codes.get(format_id)))

    if part in book.archive.NameToInfo:
        parse_part(book.archive, part, book.name, start)


def _read_strings(book: Workbook, part: str) -> None:
    pieces: list[str] = []
    state = {"reading": False, "aid": False, "characters": 0}

    def start(tag: str, _: dict[str, str]) -> None:
        if tag == "t":
            state["reading"] = not state["aid"]
        elif tag == "rPh":
            state["aid"] = True

    def characters(text: str) -> None:
        if state["reading"]:
            pieces.append(text)
            state["characters"] += len(text)
            if state["characters"] > _STRING_CHARACTERS:
                raise refusal("too-costly", name=book.name)

    def end(tag: str) -> None:
        if tag == "t":
            state["reading"] = False
        elif tag == "rPh":
            state["aid"] = False
        elif tag == "si":
            book.strings.append(_unescaped("".join(pieces)))
            pieces.clear()
            if len(book.strings) > _STRINGS:
                raise refusal("too-costly", name=book.name)

    if part in book.archive.NameToInfo:
        parse_part(book.archive, part, book.name, start, end, characters)


def _unescaped(text: str) -> str:
    """Excel writes characters that XML can't hold as _x000D_."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def _local(attributes: dict[str, str], name: str) -> str:
    """An attribute whatever its prefix: r:id."""
    return next((value for key, value in attributes.items() if key.rpartition(":")[2] == name and ":" in key), "")
