"""Whether bytes are text, and in which encoding: UTF-8, GB18030, or UTF-16 with its mark.

Decided by strict decoding in pieces (a large file never becomes one string). GB18030 accepts nearly any Chinese text,
so UTF-8 is tried first; control characters, which no letter or table holds, unmask binary files that happen to decode.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import IO

_PIECE = 1 << 18  # bytes decoded at a time
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f\ufffe\uffff]")


class NotText(Exception):
    """The bytes are no text; `line` is where that shows (from 1)."""

    def __init__(self, line: int) -> None:
        super().__init__(f"not text near line {line}")
        self.line = line


def encoding_of(source: IO[bytes]) -> str:
    """utf-8-sig, utf-16, utf-8 or gb18030, read from the start of a seekable file; NotText if none fits."""
    source.seek(0)
    head = source.read(4)
    marked = next((encoding for mark, encoding in _MARKS if head.startswith(mark)), None)
    reached = 1
    for encoding in (marked,) if marked else ("utf-8", "gb18030"):
        try:
            _check(source, encoding)
            return encoding
        except NotText as reason:
            reached = max(reached, reason.line)
    raise NotText(reached)


def _check(source: IO[bytes], encoding: str) -> None:
    line = 1
    try:
        for text in codecs.iterdecode(_pieces(source), encoding, errors="strict"):
            if (odd := _NOT_TEXT.search(text)) is not None:
                raise NotText(line + text.count("\n", 0, odd.start()))
            line += text.count("\n")
    except UnicodeError:
        raise NotText(line) from None


def _pieces(source: IO[bytes]) -> Iterator[bytes]:
    source.seek(0)
    while piece := source.read(_PIECE):
        yield piece
