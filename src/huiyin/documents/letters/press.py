"""Runs typst: a template from templates/, data as JSON, a PDF/A-2b out, the same bytes for the same data.

Whatever people write travels as JSON strings, never as markup, so no text can run code or change the layout.
One compiler per template is kept and reused (the first run reads the typefaces); a lock keeps threads apart.
"""

from __future__ import annotations

# data: official letters and receipts are in the law's language
import json
import re
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

import typst

from . import fonts

TEMPLATES = Path(__file__).parent / "templates"
LONGEST_WORD = 24  # Latin letters and digits that may stand without a place to break
_LONG_WORD = re.compile(rf"[^\s⺀-鿿豈-﫿　-〿＀-￯\U00020000-\U0003ffff]{{{LONGEST_WORD},}}")
_INSIDE_NUMBER = re.compile(r"(?<=\d) (?=\d)")  # 0700-555 0123 stays on one line
_lock = Lock()


def pdf(
    template: str,
    data: dict[str, Any],
    *,
    made_at: datetime,
    folder: Path | None = None,
    pictures: dict[str, str] | None = None,
) -> bytes:
    """The PDF that `template` makes of `data` and `pictures` (SVG by name); `made_at` is written into it as its date."""
    words = _printable(data, folder)
    payload = words | {"fonts": fonts.library(folder).roles, "faux": fonts.without_bold(_texts(words), folder)}
    with _lock:
        made = _compiler(template, fonts.library(folder)).compile(
            sys_inputs={"data": json.dumps(payload, ensure_ascii=False), **(pictures or {})},
            format="pdf",
            pdf_standards="a-2b",
            timestamp=int(made_at.astimezone(UTC).timestamp()),
        )
    assert isinstance(made, bytes)  # one format, no output file: typst hands the PDF back
    return made


@lru_cache(maxsize=8)
def _compiler(template: str, shelf: fonts.Library) -> typst.Compiler:
    return typst.Compiler(str(TEMPLATES / template), root=str(TEMPLATES), font_paths=shelf.fonts)


def _printable(value: Any, folder: Path | None) -> Any:
    if isinstance(value, str):
        words = _INSIDE_NUMBER.sub("\u00a0", fonts.printable(value, folder))
        return _LONG_WORD.sub(_breakable, words)
    if isinstance(value, dict):
        return {key: _printable(item, folder) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(item, folder) for item in value]
    return value


def _breakable(word: re.Match[str]) -> str:
    """A long run of letters with zero-width spaces, so that it wraps instead of leaving the page."""
    text = word[0]
    return "\u200b".join(text[at : at + 8] for at in range(0, len(text), 8))


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    items = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ()
    return [text for item in items for text in _texts(item)]
