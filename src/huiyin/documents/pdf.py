"""PDF files: how many pages, and each page as a picture, by PDFium in a confined child process (`pdf_child`).

PDFium is native code: a page can ask it for gigabytes or minutes. The child has 300 MB and 2 seconds to count the
pages, 640 MB and 10 seconds a page to draw them; what exceeds that is refused in a sentence.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from PIL import Image

from huiyin.documents import confined
from huiyin.documents.refusals import refusal

_CHILD = "huiyin.documents.pdf_child"
_LINEARIZED = re.compile(rb"/Linearized\b.{0,200}?/L\s+(\d{1,12})\b", re.DOTALL)
_SECONDS_TO_COUNT, _SECONDS_TO_DRAW = 4.0, 10.0  # by the wall clock; the child limits its processor time itself


def pdf_pages(data: bytes, *, name: str, most: int) -> int:
    """The number of pages. Raises Unacceptable: truncated, damaged, password, too-many-pages, page-too-big, bomb, too-costly."""
    if _is_cut_off(data):
        raise refusal("truncated", name=name)
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.flush()
        answer = json.loads(next(_answers(file, "count", str(most), name=name, seconds=_SECONDS_TO_COUNT)))
    return int(_accepted(answer, name)["pages"])


def pdf_pictures(path: str | Path, *, name: str, long_side: int, most: int) -> Iterator[Image.Image]:
    """Each page as an RGB picture of at most `long_side` pixels and at most 300 dpi, drawn when asked for."""
    with Path(path).open("rb") as file:
        answers = _answers(file, "draw", str(long_side), str(most), name=name, seconds=_SECONDS_TO_DRAW)
        for head in answers:
            size = _accepted(json.loads(head), name)
            yield Image.frombytes("RGB", (size["width"], size["height"]), next(answers))


def _is_cut_off(data: bytes) -> bool:
    """No end mark near the end, or shorter than its own first object says (ISO 32000-1, annex F)."""
    linearized = _LINEARIZED.search(data, 0, 1200)
    return b"%%EOF" not in data[-2048:] or (linearized is not None and int(linearized[1]) > len(data))


def _answers(file: IO[bytes], *arguments: str, name: str, seconds: float) -> Iterator[bytes]:
    """The child's messages; an end without any, or not in good order, means that the file was too much for it."""
    got = False
    try:
        with confined.child(_CHILD, *arguments, source=file) as process:
            for message in confined.messages(process, seconds=seconds):
                got = True
                yield message
    except confined.Stopped:
        raise refusal("too-costly", name=name) from None
    if not got:
        raise refusal("damaged", name=name)


def _accepted(answer: dict[str, Any], name: str) -> dict[str, Any]:
    if "refused" in answer:
        raise refusal(answer["refused"], **{"name": name, **answer.get("facts", {})})
    return answer
