"""Decides what a text is found by: every run of characters in it, as a reader would find them by looking through the text.

A text is folded (NFKC, case, no invisible characters; punctuation, blanks and pictures part its words) and each word is
written as its pairs of neighbours and its last character alone: 养老金 is 养老 老金 金. Neighbouring pairs spell a longer run,
and the first character of a token is a run of one. Latin letters and digits are treated alike, so that the tail of a number
is found as well. Chinese needs no dictionary this way; rare characters (𠮷, 䶮) and private ones are characters too.
"""

from __future__ import annotations

from collections.abc import Callable
from unicodedata import category, normalize

LONGEST_TEXT = 100_000  # characters of one text: PostgreSQL holds a megabyte of tokens in a row
LONGEST_QUERY = 200  # characters; of a longer query only the beginning is looked for

_IN_WORDS = ("L", "N", "M", "Co", "Cn")  # Cn: characters younger than this Python's tables
_VARIATION_SELECTORS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))


class _Each(dict[int, str | None]):
    """A table for str.translate that asks a rule about each character once."""

    def __init__(self, rule: Callable[[str], str | None]) -> None:
        super().__init__()
        self._rule = rule

    def __missing__(self, code: int) -> str | None:
        self[code] = became = self._rule(chr(code))
        return became


def _visible(character: str) -> str | None:
    hidden = category(character) == "Cf" or any(ord(character) in selectors for selectors in _VARIATION_SELECTORS)
    return None if hidden else character


def _worded(character: str) -> str:
    return character if category(character).startswith(_IN_WORDS) else " "


_VISIBLE, _WORDED = _Each(_visible), _Each(_worded)


def fold(text: str) -> str:
    """The text as it is compared: its words, parted by single blanks; of a text over LONGEST_TEXT the beginning."""
    plain = normalize("NFKC", text[:LONGEST_TEXT].translate(_VISIBLE))
    folded = normalize("NFKC", plain.casefold()).translate(_WORDED)
    return " ".join(folded[:LONGEST_TEXT].split())


def tokens_of(folded: str) -> str:
    """The tokens of a folded text, parted by blanks, in their order."""
    return " ".join([word[at : at + 2] for word in folded.split(" ") if word for at in range(len(word))])


def tokens(text: str) -> str:
    """The tokens of a text, parted by blanks, in their order."""
    return tokens_of(fold(text))


def words(query: str) -> list[str]:
    """The words of a query, each once; all of them must be found. Empty if the query has nothing to look for."""
    return list(dict.fromkeys(fold(query)[:LONGEST_QUERY].split()))


def phrase(query: str, vendor: str) -> str | None:
    """A query in the language of FTS5 ("sqlite") or of tsquery ("postgresql"); None if it has nothing to look for.

    FTS5 answers exactly. tsquery knows no neighbours here: words of three and more characters are to be looked for
    once more in what it finds.
    """
    spell, both = {"sqlite": (_fts5, " AND "), "postgresql": (_tsquery, " & ")}[vendor]
    return both.join(spell(word) for word in words(query)) or None


def _pairs(word: str) -> list[str]:
    return [word[at : at + 2] for at in range(len(word) - 1)]


def _fts5(word: str) -> str:
    return f'"{" ".join(_pairs(word))}"' if len(word) > 1 else f'"{word}" *'


def _tsquery(word: str) -> str:
    return " & ".join(f"'{pair}'" for pair in dict.fromkeys(_pairs(word))) if len(word) > 1 else f"'{word}':*"
