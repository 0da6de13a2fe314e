"""Where Chinese copy may break on a narrow screen: between words, not inside them.

Portal text has `word-break: keep-all`, so a clause stays whole. One longer than eight characters gets `<wbr>` between its
words – never inside a date or a quotation and never before a digit. Citizens' own words are not touched.
"""

from __future__ import annotations

import re

import rjieba
from django.utils.safestring import SafeString, mark_safe

WHOLE = 8  # characters that stay on one line
_MARKUP = re.compile(r"(<[^>]*>|&\w+;|&#\d+;)")
_CLAUSE = re.compile(r"([，。、；：？！,;:?!\s]+)")
_SOLID = re.compile(  # data: looked for in Chinese copy
    r"“[^”]*”|《[^》]*》|（[^）]*）|[\d,.]+(?:年|月|日|号|点|分|个工作日|个|天|元|张|页|位|步|项|件|条|万元)*(?:[\d,.]+(?:月|日|分))*"
)
_CLINGING = "的了吗呢吧们着过地得就"  # data: looked for in Chinese copy


def with_breaks(html: str, whole: int = WHOLE) -> SafeString:
    """The same HTML with `<wbr>` in its clauses longer than `whole`. `html` must be escaped already."""
    parts = _MARKUP.split(str(html))
    return mark_safe("".join(part if number % 2 else _text(part, whole) for number, part in enumerate(parts)))  # noqa: S308


def _text(text: str, whole: int) -> str:
    parts = _CLAUSE.split(text)
    return "".join(part if number % 2 or len(part) <= whole else _clause(part) for number, part in enumerate(parts))


def _clause(clause: str) -> str:
    pieces: list[str] = []
    for piece in _pieces(clause):
        if pieces and _joined(pieces[-1], piece):
            pieces[-1] += piece
        else:
            pieces.append(piece)
    if len(pieces) > 1 and len(pieces[-1]) == 1:
        pieces[-2:] = [pieces[-2] + pieces[-1]]
    return "<wbr>".join(pieces)


def _pieces(clause: str) -> list[str]:
    """Words of a clause; dates, amounts and quotations are one piece each."""
    pieces, at = [], 0
    for solid in _SOLID.finditer(clause):
        pieces += [*rjieba.cut(clause[at : solid.start()]), solid.group()]
        at = solid.end()
    return pieces + rjieba.cut(clause[at:])


def _joined(before: str, piece: str) -> bool:
    return piece[0].isdigit() or piece in _CLINGING or before[-1] in "（“《" or len(before) + len(piece) <= 2
