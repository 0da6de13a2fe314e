"""From recognised lines to text: the order of reading and the paragraphs of a letter.

Assumes horizontal writing in one column, as letters are. A line that fills the width runs on into the next one unless
that is indented: Chinese letters begin a paragraph with two empty squares. Angles are taken out before lines are put in rows.
All lengths are in pixels of the page.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

Quad = Sequence[Sequence[float]]  # corners: left top, right top, right bottom, left bottom


@dataclass(frozen=True)
class Found:
    """A piece of text found on the page, with its corners and the reader's confidence from 0 to 1."""

    text: str
    corners: Quad
    confidence: float

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """left, top, right, bottom."""
        across, down = [x for x, _ in self.corners], [y for _, y in self.corners]
        return min(across), min(down), max(across), max(down)

    @property
    def is_tall(self) -> bool:
        """Several characters above each other: a line of a page that lies on its side."""
        left, top, right, bottom = self.bounds
        return len(self.text) > 2 and bottom - top > 1.5 * (right - left)


@dataclass(frozen=True)
class _Straight:
    """A found piece as it would lie on a page without skew."""

    found: Found
    left: float
    right: float
    middle: float
    height: float


def skew_of(found: Sequence[Found]) -> float:
    """The angle of the lines in radians: the middle one of the longer half; 0 without any."""
    angles = []
    for each in found:
        (x0, y0), (x1, y1) = each.corners[0], each.corners[1]
        if x1 - x0 > 0:
            angles.append((x1 - x0, math.atan2(y1 - y0, x1 - x0)))
    angles.sort(reverse=True)
    return median(angle for _, angle in angles[: max(1, len(angles) // 2)]) if angles else 0.0


def rows_of(found: Sequence[Found]) -> list[list[Found]]:
    """The pieces in rows from top to bottom, each row from left to right."""
    return [[each.found for each in row] for row in _straight_rows(found)]


def _straight_rows(found: Sequence[Found]) -> list[list[_Straight]]:
    angle = skew_of(found)
    rows: list[list[_Straight]] = []
    for each in sorted((_straightened(one, angle) for one in found), key=lambda one: one.middle):
        row = rows[-1] if rows else []
        # The same row if the middles are closer than half a line, measured by the smaller one.
        if row and abs(each.middle - row[0].middle) < 0.5 * min(each.height, row[0].height):
            row.append(each)
        else:
            rows.append([each])
    return [sorted(row, key=lambda one: one.left) for row in rows]


def _straightened(found: Found, angle: float) -> _Straight:
    cos, sin = math.cos(-angle), math.sin(-angle)
    across = [x * cos - y * sin for x, y in found.corners]
    down = [x * sin + y * cos for x, y in found.corners]
    height = (down[3] - down[0] + down[2] - down[1]) / 2
    return _Straight(found, min(across), max(across), sum(down) / 4, max(1.0, height))


def text_of(found: Sequence[Found]) -> str:
    """The page's text, one paragraph a line."""
    rows = _straight_rows(found)
    if not rows:
        return ""
    left, right = _margins(rows)
    square = median(_square(row) for row in rows)
    paragraphs = [_row_text(rows[0])]
    for above, row in pairwise(rows):
        if _runs_on(above, row, left, right, square):
            paragraphs[-1] = _joined(paragraphs[-1], _row_text(row))
        else:
            paragraphs.append(_row_text(row))
    return "\n".join(paragraphs)


def _runs_on(above: list[_Straight], row: list[_Straight], left: float, right: float, square: float) -> bool:
    fills = above[-1].right > right - 1.6 * square
    indented = row[0].left > left + 1.2 * square
    near = row[0].middle - above[0].middle < 3.2 * max(above[0].height, row[0].height)
    return fills and near and not indented


def _margins(rows: list[list[_Straight]]) -> tuple[float, float]:
    """Where lines begin and end: the extremes, less a tenth at each side for notes and stamps in the margin."""
    lefts = sorted(row[0].left for row in rows)
    rights = sorted(row[-1].right for row in rows)
    return lefts[len(lefts) // 10], rights[-1 - len(rights) // 10]


def _square(row: list[_Straight]) -> float:
    """The width of one Chinese character in a row (Latin letters and digits count half)."""
    halves = sum(1 if c.isascii() else 2 for each in row for c in each.found.text)
    return 2 * sum(each.right - each.left for each in row) / max(1, halves)


def _row_text(row: list[_Straight]) -> str:
    text = row[0].found.text
    for before, each in pairwise(row):
        wide = each.left - before.right > 1.5 * each.height
        text = f"{text}  {each.found.text}" if wide else _joined(text, each.found.text)
    return text.strip()


_NARROW = dict(zip(",:;?!", "，：；？！", strict=True))
_NARROW_AFTER_CHINESE = re.compile(r"(?<=[\u3400-\u9fff\U00020000-\U0003ffff\u201d\u2019\u300b\uff09])[,:;?!]")


def with_chinese_marks(text: str) -> str:
    """The reader takes many full-width marks for half-width ones; after a Chinese character they are full-width."""
    return _NARROW_AFTER_CHINESE.sub(lambda mark: _NARROW[mark[0]], text)


def _joined(before: str, after: str) -> str:
    """Chinese runs on without a space; Latin words and numbers are kept apart, a hyphenated one is put together."""
    if re.search(r"[A-Za-z]-$", before) and after[:1].islower():
        return before[:-1] + after
    latin = before[-1:].isascii() and before[-1:].isalpha() and after[:1].isascii() and after[:1].isalpha()
    return f"{before} {after}" if latin else before + after
