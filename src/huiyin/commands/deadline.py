"""`huiyin deadline`: computes statutory dates and explains them. Pure procedure, no Django and no data folder.

It uses the shipped calendar, or with `--calendar` a file laid over it; calendars imported into an office's
database are not read.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from huiyin.kernel.errors import Refused
from huiyin.procedure.calendars import (
    Calendar,
    CalendarErrors,
    RowError,
    Unreadable,
    default,
    from_rows,
    parse_date,
    read_csv,
)
from huiyin.procedure.deadlines import Deadline, OutsideCalendar, compute
from huiyin.procedure.terms import TERMS, Term
from huiyin.procedure.words import Words

LARGEST_FILE = 64 * 1024 * 1024
SHOWN_ERRORS = 10
_CODES = "、".join(TERMS)


@click.command(
    help="计算一个法定期限，输出一个JSON对象 · Compute a statutory date as one JSON object.\n\n"
    f"TERM: {', '.join(TERMS)}",
    epilog="例 Example: huiyin deadline notice --from 2026-02-03",
)
@click.argument("term", required=False)
@click.option("--from", "start", metavar="DATE", help="起算的那一天 · the day it starts from (2026-02-03)")
@click.option(
    "--csv",
    "table",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="一次算多行：列名term,from · many at once, columns term,from; one JSON object a line. "
    "错行给出表格行号 · a wrong row gives its row number in the sheet and exit code 1",
)
@click.option(
    "--calendar",
    "days",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="放假日历：列名date,kind,name_zh,name_en · a calendar laid over the shipped one",
)
def command(term: str | None, start: str | None, table: Path | None, days: Path | None) -> None:
    """One computation, or with `--csv` one a row."""
    calendar = _calendar(days) if days else default()
    if table is not None:
        if term or start:
            raise Refused("--csv不能和TERM、--from一起用。", "--csv does not go together with TERM or --from.")
        _compute_table(table, calendar)
    elif term and start:
        try:
            _print(_answer(term, start, calendar))
        except Unreadable as error:
            raise Refused(error.words.zh, error.words.en) from error
    else:
        raise Refused(
            "请写明期限和起算日，例如：huiyin deadline notice --from 2026-02-03",
            "Name a term and the day it starts from, for example: huiyin deadline notice --from 2026-02-03",
        )


def _compute_table(table: Path, calendar: Calendar) -> None:
    wrong = False
    for number, row in _rows(table, ("term", "from")):
        try:
            _print(_answer(row["term"], row["from"], calendar))
        except Unreadable as error:
            wrong = True
            _print({"row": number, "error": error.words.as_dict()})
    if wrong:
        raise click.exceptions.Exit(1)


def _answer(code: str, start: str, calendar: Calendar) -> dict[str, Any]:
    """The JSON object of one computation; Unreadable with words for anything wrong in the input."""
    term = _term(code)
    try:
        deadline = compute(term, parse_date(start), calendar)
    except OutsideCalendar as error:
        raise Unreadable(error.words) from error
    return as_json(deadline)


def _term(code: str) -> Term:
    term = TERMS.get(code.strip().lower())
    if term is None:
        shown = code.strip()[:40]
        raise Unreadable(
            Words(
                f"没有“{shown}”这种期限。可以用：{_CODES}。",
                f"There is no term “{shown}”. Known terms: {', '.join(TERMS)}.",
            )
        )
    return term


def as_json(deadline: Deadline) -> dict[str, Any]:
    """A deadline as plain values: dates as YYYY-MM-DD, words as {zh, en}."""
    term = deadline.term
    return {
        "term": term.code,
        "from": deadline.start.isoformat(),
        "raw": deadline.raw.isoformat(),
        "due": deadline.due.isoformat(),
        "internal_due": deadline.internal_due.isoformat(),
        "provisional": deadline.provisional,
        "article": term.article,
        "source": term.source.as_dict(),
        "calendar": deadline.calendar,
        "explanation": deadline.explanation.as_dict(),
    }


def _calendar(path: Path) -> Calendar:
    """The shipped calendar with the file's rows laid over it, named after the file."""
    rows = [row for _, row in _rows(path, ("date", "kind"))]
    try:
        return from_rows(rows, path.name[-60:])
    except CalendarErrors as error:
        told = _listed(error, path)
        raise Refused(told.zh, told.en) from error


def _listed(error: CalendarErrors, path: Path) -> Words:
    """Every wrong row, the first ones in full."""
    lines = [Words(f"日历{path.name}没有采用：", f"The calendar {path.name} was not used:")]
    lines += [_in_row(wrong) for wrong in error.errors[:SHOWN_ERRORS]]
    more = len(error.errors) - SHOWN_ERRORS
    if more > 0:
        lines.append(Words(f"  还有{more}处。", f"  and {more} more."))
    return Words("\n".join(line.zh for line in lines), "\n".join(line.en for line in lines))


def _in_row(wrong: RowError) -> Words:
    if not wrong.row:
        return Words(f"  {wrong.words.zh}", f"  {wrong.words.en}")
    return Words(f"  第{wrong.row}行：{wrong.words.zh}", f"  Row {wrong.row}: {wrong.words.en}")


def _rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows that hold something, each with its row number in a spreadsheet."""
    try:
        rows = read_csv(_content(path), columns)
    except Unreadable as error:
        raise Refused(f"{path.name}：{error.words.zh}", f"{path.name}: {error.words.en}") from error
    return ((number, row) for number, row in enumerate(rows, 2) if any(row.values()))


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise Refused(f"{path.name}太大，最多64 MB。", f"{path.name} is too large; at most 64 MB.")
        return path.read_bytes()
    except OSError as error:
        raise Refused(
            f"打不开文件{path}，请核对路径和权限。",
            f"Cannot open {path}; check the path and the permissions ({error.strerror}).",
        ) from error


def _print(answer: dict[str, Any]) -> None:
    """One JSON object on one line; characters that the terminal cannot show are escaped."""
    line = json.dumps(answer, ensure_ascii=False)
    try:
        line.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        line = json.dumps(answer)
    click.echo(line)
