"""What people type or paste, made plain before it is kept: one line, no control characters, nothing a database refuses."""

from __future__ import annotations

import re
import unicodedata

_NEVER = {"Cc", "Cs", "Zl", "Zp"}  # control characters, halves of characters, line and paragraph separators
INVISIBLE = "\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"  # no joiners: names need them
_GONE = dict.fromkeys(map(ord, INVISIBLE))
_WIDE = str.maketrans({chr(0xFF01 + offset): chr(0x21 + offset) for offset in range(94)})


def one_line(typed: str) -> str:
    """The text on one line: blanks of any kind become single spaces, invisible marks go. Any other character stays."""
    if typed.isprintable() and "  " not in typed and unicodedata.is_normalized("NFC", typed):
        return typed.strip()
    plain = unicodedata.normalize("NFC", typed.translate(_GONE))
    kept = "".join(" " if c.isspace() or unicodedata.category(c) in _NEVER else c for c in plain)
    return re.sub(" +", " ", kept).strip()


def half_width(typed: str) -> str:
    """Full-width digits, letters and signs (１２－ＡＢ) as the plain ones, on one line."""
    return one_line(typed if typed.isascii() else typed.translate(_WIDE))


def row_number(typed: object) -> int | None:
    """The number of a row, or another count, as somebody sent it: plain digits that fit a database column; None for anything else."""
    digits = str(typed).strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 19 else None


def storable(typed: str) -> str:
    """The text as it was typed but for NUL, which PostgreSQL keeps in no column: for drafts, where all else stays."""
    return typed.replace("\0", "")
