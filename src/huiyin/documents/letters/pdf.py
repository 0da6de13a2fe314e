"""Letters as PDF/A on the grid of GB/T 9704-2012; 送达回证 as a form.

The number carries no leading zero, the date Arabic numerals; 42 mm around the signature stay free for the seal, which
a person sets: none is ever drawn here. Typefaces: fonts.py.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, time, timedelta, timezone
from pathlib import Path
from typing import Any

from . import press
from .parts import Block, Letter
from .wording import head_lines, said

LONGEST_SIGNER = 24  # characters: a longer name under a letter takes two lines
LONGEST_CLOSING = 8 * 28  # characters of a closing paragraph that is kept whole beside the signature
BEIJING = timezone(timedelta(hours=8))


def render(letter: Letter, *, folder: Path | None = None) -> bytes:
    """The letter as PDF/A-2b; `folder` holds the office's own typefaces. The same letter gives the same bytes."""
    template = "service.typ" if letter.form else "official.typ"
    return press.pdf(template, payload(letter), made_at=made_at(letter), folder=folder)


def made_at(letter: Letter) -> datetime:
    """Midnight in China on the letter's date: what the file says it was made."""
    return datetime.combine(letter.date, time(), BEIJING)


def payload(letter: Letter) -> dict[str, Any]:
    """The letter as the templates read it: line breaks inside a text become paragraphs, single lines stay single."""
    body, closing = split_closing(paragraphs((*letter.blocks, Block(single(letter.remedy)))))
    return {
        "unit": single(letter.sender.unit),
        "head": head_lines(single(letter.sender.unit)),
        "number": single(letter.number_label),
        "title": [single(line) for line in letter.title],
        "addressee": single(letter.addressee),
        "paragraphs": body,
        "closing": closing,
        "attachments": [single(name).rstrip("。；;，,.") for name in letter.attachments],
        "signatures": [single(line) for line in letter.signatures],
        "signer": single(letter.signer),
        "signers": head_lines(single(letter.signer), LONGEST_SIGNER),
        "date": said(letter.date),
        "day": {"year": letter.date.year, "month": letter.date.month, "day": letter.date.day},
        "form": [asdict(row) for row in letter.form],
    }


def paragraphs(blocks: tuple[Block, ...]) -> list[dict[str, str]]:
    """Blocks as dicts, split where the writer pressed Enter; only the first part keeps the lead."""
    split = []
    for block in blocks:
        lines = [line.strip() for line in block.text.splitlines() if line.strip()] or [""]
        split.append({"level": block.level, "lead": single(block.lead), "text": lines[0]})
        split += [{"level": block.level, "lead": "", "text": line} for line in lines[1:]]
    return split


def split_closing(items: list[dict[str, str]]) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """The paragraphs, and the last of them that share a page with the signature: a short one, with its heading."""
    items = [item for item in items if item["text"] or item["lead"]]
    cut = len(items)
    if items and len(items[-1]["text"]) <= LONGEST_CLOSING:
        cut -= 2 if len(items) > 1 and items[-2]["level"] == "heading" else 1
    return items[:cut], items[cut:]


def single(text: str) -> str:
    """The text on one line."""
    return " ".join(text.split())
