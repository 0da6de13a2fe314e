"""Reads the text of one scanned page with a local model; nothing leaves the computer.

A suggestion for the clerk, never the record: each line keeps its place and confidence, and doubtful ones are marked.
The model is an optional extra, loaded at the first page (about a second and most of the memory). Run it in the worker,
one page at a time: calls wait for each other. Figures and their origin are in docs/reading.md.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from functools import cache
from typing import Any

from PIL import Image

from huiyin.documents.page_layout import Found, rows_of, text_of, with_chinese_marks
from huiyin.documents.pages import LONG_SIDE, plain
from huiyin.documents.refusals import refusal

THREADS = 2
DOUBTFUL = 0.92  # below this a line is shown as doubtful; clear print is read with 0.97 and more
_POOR = 0.85  # a page read with less than this may lie upside down
_LOWEST = 0.45  # below this it is a stain, not a line
_DETECTION_SIDE = 960  # pixels: lines are found on a smaller picture, read on the full one


@dataclass(frozen=True)
class Line:
    """A line of text; `box` is (left, top, width, height) as fractions of the upright page, `confidence` from 0 to 1."""

    text: str
    box: tuple[float, float, float, float]
    confidence: float

    @property
    def doubtful(self) -> bool:
        """Whether the clerk should look twice."""
        return self.confidence < DOUBTFUL


@dataclass(frozen=True)
class PageText:
    """The lines in order of reading, the text in paragraphs (one a line), and by how many degrees clockwise the page
    was turned to be upright: 0, 90, 180 or 270. Show the picture turned by the same angle beside the text."""

    lines: tuple[Line, ...]
    text: str
    turned: int = 0

    @property
    def confidence(self) -> float:
        """The mean over all characters; 0 for an empty page."""
        return _mean([(line.text, line.confidence) for line in self.lines])


_one_at_a_time = threading.Lock()


def read_page(picture: Image.Image) -> PageText:
    """The text of a page. An empty page gives no lines. Raises Unacceptable (no-reader) if the extra is missing."""
    upright = plain(picture, long_side=LONG_SIDE).convert("RGB")
    with _one_at_a_time:
        turned, page, found = _best_turn(upright)
    lines = tuple(_line(each, page) for row in rows_of(found) for each in row)
    return PageText(lines, text_of(found), turned)


def _best_turn(page: Image.Image) -> tuple[int, Image.Image, list[Found]]:
    """The page as it lies if it reads well, else the other way up or off its side that reads best."""
    found = _find(page)
    if not found:
        return 0, page, found
    tall = sum(len(each.text) for each in found if each.is_tall) > sum(len(each.text) for each in found) / 2
    if not tall and _confidence(found) >= _POOR:
        return 0, page, found
    tried = [(0, page, found)]
    for turn in (90, 270) if tall else (180,):
        turned = page.rotate(-turn, expand=True)
        tried.append((turn, turned, _find(turned)))
        if _confidence(tried[-1][2]) >= _POOR:
            return tried[-1]
    return max(tried, key=lambda each: _confidence(each[2]))


def _find(page: Image.Image) -> list[Found]:
    import numpy

    # The model was trained on OpenCV's order of colours.
    result = _engine()(numpy.asarray(page)[:, :, ::-1])
    if result.txts is None or result.boxes is None or result.scores is None:
        return []
    return [
        Found(with_chinese_marks(text.strip()), [(float(x), float(y)) for x, y in box], float(score))
        for box, text, score in zip(result.boxes, result.txts, result.scores, strict=True)
        if text.strip()
    ]


def _line(found: Found, page: Image.Image) -> Line:
    left, top, right, bottom = found.bounds
    left, right = max(0.0, left), min(float(page.width), right)
    top, bottom = max(0.0, top), min(float(page.height), bottom)
    box = (left / page.width, top / page.height, (right - left) / page.width, (bottom - top) / page.height)
    return Line(found.text, box, found.confidence)


def _confidence(found: list[Found]) -> float:
    return _mean([(each.text, each.confidence) for each in found])


def _mean(pairs: list[tuple[str, float]]) -> float:
    characters = sum(len(text) for text, _ in pairs)
    return sum(len(text) * value for text, value in pairs) / characters if characters else 0.0


@cache
def _engine() -> Any:
    try:
        from rapidocr import RapidOCR
    except ImportError:
        raise refusal("no-reader") from None
    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.use_cls": False,  # lines are never turned one by one: whole pages are
            "Global.text_score": _LOWEST,
            "Global.max_side_len": LONG_SIDE,
            "Det.limit_type": "max",
            "Det.limit_side_len": _DETECTION_SIDE,
            "EngineConfig.onnxruntime.intra_op_num_threads": THREADS,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )
