"""What came of a takeover: figures, and the rows that wait to be mended or were taken over with something left out.

Rows lie in files of their own while the takeover runs, so that a hundred thousand of them need no memory.
"""

from __future__ import annotations

import json
import tempfile
import weakref
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from huiyin.documents.spreadsheets import write_table
from huiyin.procedure.words import Words

HEADING = Words("需要改正的地方", "What to mend")
LEFT_OUT = (Words("行", "Row"), Words("登记编号", "Number"), Words("没有采用的内容", "What was left out"))
EXCEL_CELL = 32_767
Line = tuple[int, list[str], list[Words]]


class Pile:
    """Rows with sentences, in the order in which they came."""

    def __init__(self) -> None:
        self.count = 0
        self._file: IO[str] = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 - closed with the pile
        weakref.finalize(self, self._file.close)

    def add(self, number: int, cells: Sequence[str], words: Sequence[Words]) -> None:
        """Puts a row on the pile; halves of characters, which no file can hold, become question marks."""
        line = json.dumps((number, list(cells), [one.as_dict() for one in words]), ensure_ascii=False)
        self._file.seek(0, 2)
        self._file.write(line.encode("utf-8", "replace").decode() + "\n")
        self.count += 1

    def __iter__(self) -> Iterator[Line]:
        self._file.seek(0)
        for line in self._file:
            number, cells, words = json.loads(line)
            yield number, cells, [Words(one["zh"], one["en"]) for one in words]


@dataclass
class Report:
    """How many rows there were and what became of them; `ignored` are headings whose columns were not read."""

    headings: list[str]
    ignored: list[str]
    total: int = 0
    opened: int = 0
    closed: int = 0
    present: int = 0
    rejected: Pile = field(default_factory=Pile)
    remarked: Pile = field(default_factory=Pile)
    remarks: list[Words] = field(default_factory=list)

    def write_rejected(self, path: Path, *, language: str) -> Path:
        """Writes the rows to mend, their cells as they came and what to mend beside each; gives where they are.

        As .xlsx, where nothing is ever a formula; if a text is too long for Excel, as .jsonl beside it, so that none is cut.
        """
        head = HEADING.say(language)
        lines = ([*cells, _said(number, words, language)] for number, cells, words in self.rejected)
        if not write_table(path, [*self.headings, head], lines, text_columns=self.headings):
            return path
        path.unlink()
        return self._write_lines(path.with_suffix(".jsonl"), head, language)

    def _write_lines(self, path: Path, head: str, language: str) -> Path:
        with path.open("w", encoding="utf-8") as out:
            for number, cells, words in self.rejected:
                row = dict(zip(self.headings, cells, strict=False)) | {head: _said(number, words, language)}
                out.write(json.dumps(row, ensure_ascii=False) + "\n")
        return path

    def write_remarks(self, path: Path, *, language: str) -> None:
        """Writes what was left out of rows that were taken over: row, the case's number, the sentences."""
        rows = (
            [str(number), no, " ".join(one.say(language) for one in words)] for number, (no, *_), words in self.remarked
        )
        write_table(path, [head.say(language) for head in LEFT_OUT], rows)


def _said(number: int, words: list[Words], language: str) -> str:
    where = Words(f"原文件第{number}行：", f"Row {number} of the file: ").say(language)
    return where + " ".join(one.say(language) for one in words)
