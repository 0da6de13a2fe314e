"""The rows that were not imported: kept with their reasons, and written to a file to be mended and imported again.

The file has the columns of the one that was brought and one more at the end, which the next import leaves out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from huiyin.documents.spreadsheets import write_table
from huiyin.people.models import RosterImport, RosterProblem
from huiyin.people.roster.sorting import RosterRow
from huiyin.procedure.words import Words

HEADING = Words("需要改正的地方", "What to mend")
ROW = Words("原文件第{row}行：", "Row {row} of the file: ")


def keep_problems(roster_import: RosterImport, rows: Iterable[RosterRow]) -> None:
    """Keeps rows that were rejected. A row that is kept already stays as it is."""
    RosterProblem.objects.bulk_create(
        (
            RosterProblem(roster_import=roster_import, row=row.number, cells=row.cells, problems=as_json(row))
            for row in rows
        ),
        ignore_conflicts=True,
    )


def as_json(row: RosterRow) -> list[dict[str, str]]:
    """What is wrong with a row: {field, zh, en} for each problem."""
    return [{"field": problem.field, "zh": problem.zh, "en": problem.en} for problem in row.problems]


def write_problems(
    path: Path, headings: list[str], rows: Iterable[tuple[int, list[str], list[dict[str, str]]]], *, language: str
) -> None:
    """Writes an .xlsx of (row number, cells, problems), every cell as text so that long numbers keep their digits."""
    key = "en" if language.startswith("en") else "zh"
    row_words = ROW.say(language)
    lines = (
        [*cells, row_words.format(row=number) + " ".join(problem[key] for problem in problems)]
        for number, cells, problems in rows
    )
    write_table(path, [*headings, HEADING.say(language)], lines, text_columns=headings)


def problems_of(roster_import: RosterImport) -> Iterator[tuple[int, list[str], list[dict[str, str]]]]:
    """The rows of an import that wait to be mended, in the order of the file."""
    return roster_import.problems.values_list("row", "cells", "problems").iterator(chunk_size=2000)
