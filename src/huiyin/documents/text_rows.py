"""Rows of text tables: CSV with comma, semicolon or tab, and JSON Lines. Nothing is held but one row.

The encoding was decided before by strict decoding (`plain_text`). Raises Unacceptable for a line that has no end.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from contextlib import suppress
from typing import IO, Any

from huiyin.documents.cell_text import Doubt, has_lost_digits, lost_digits
from huiyin.documents.refusals import refusal
from huiyin.procedure.words import Words

RawRow = tuple[int, list[str], list[Doubt]]

_LINE = 1_000_000  # characters
_DELIMITERS = ",\t;|"
_KEYS = 500


def lines_of(source: IO[bytes], encoding: str, name: str) -> Iterator[str]:
    """The lines with their ends, from the beginning; a line of more than a million characters is refused."""
    source.seek(0)
    text = io.TextIOWrapper(source, encoding=encoding, newline="")
    try:
        number = 0
        while line := text.readline(_LINE):
            number += 1
            if len(line) == _LINE:
                raise refusal("row-too-long", name=name, line=number)
            yield line
    finally:
        with suppress(ValueError):  # the file was closed before the last line
            text.detach()


def csv_rows(source: IO[bytes], encoding: str, name: str) -> Iterator[RawRow]:
    """(number of the line on which the row ends, cells, doubts) of every row that has a value."""
    first = next((line for line in lines_of(source, encoding, name) if line.strip()), "")
    reader = csv.reader(lines_of(source, encoding, name), delimiter=_delimiter(first))
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                doubts = [lost_digits(at, cell) for at, cell in enumerate(cells) if has_lost_digits(cell.strip())]
                yield reader.line_num, cells, doubts
    except csv.Error:  # a cell beyond csv's own limit of 131 072 characters
        raise refusal("row-too-long", name=name, line=reader.line_num) from None


def _delimiter(header: str) -> str:
    """The one that the first line has most of outside quotes; a comma if none."""
    bare = "".join(header.split('"')[::2])
    return max(_DELIMITERS, key=bare.count)


def json_headers(source: IO[bytes], encoding: str, name: str) -> list[str]:
    """All keys of all objects, in the order in which they first appear."""
    keys: dict[str, None] = {}
    for line in lines_of(source, encoding, name):
        entry = _object(line)
        if entry and len(keys) <= _KEYS:
            keys.update(dict.fromkeys(entry))
    if len(keys) > _KEYS:
        raise refusal("too-many-columns", name=name, limit=_KEYS)
    return list(keys)


def json_rows(source: IO[bytes], encoding: str, name: str, headers: list[str]) -> Iterator[RawRow]:
    """(line number, cells in the order of `headers`, doubts); a line that is no JSON object gives a doubt."""
    for number, line in enumerate(lines_of(source, encoding, name), 1):
        if not line.strip():
            continue
        entry = _object(line)
        if entry is None:
            yield number, [], [_no_object()]
        else:
            yield number, [_json_text(entry.get(header)) for header in headers], []


def _object(line: str) -> dict[str, Any] | None:
    try:
        # Numbers stay as they are written: an 18-digit ID number must not pass through a float.
        entry = json.loads(line, parse_int=str, parse_float=str, parse_constant=str)
    except (ValueError, RecursionError):
        return None
    return entry if isinstance(entry, dict) else None


def _json_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _no_object() -> Doubt:
    return Doubt(
        None,
        Words(
            '这一行不是完整的JSON对象（应像 {"name": "…"} 这样），没有读入。',
            'This line is not a complete JSON object (such as {"name": "…"}) and was not read.',
        ),
    )
