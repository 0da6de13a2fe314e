"""The articles that an opinion or a note may cite: those that the procedure's own table rests on, with what they are about."""

from __future__ import annotations

from dataclasses import dataclass

from huiyin.procedure.actions import Edition
from huiyin.procedure.articles import REGULATIONS, cite
from huiyin.procedure.words import Words
from huiyin.web.ui.time_parts import said


@dataclass(frozen=True)
class Citable:
    """An article: as it is written into a Chinese text, as the reader sees it, what it is about, and what it is found by."""

    words: str
    name: str
    about: str
    found_by: str


def articles(law: Edition) -> list[Citable]:
    """The articles of the Regulations that an edition cites, in the table's order of steps, then of terms."""
    about: dict[str, list[Words]] = {}
    for action in law.actions.values():
        about.setdefault(action.article, []).append(action.label)
    for term in law.terms.values():
        about.setdefault(term.article, []).append(term.name)
    return sorted((_citable(article, names) for article, names in about.items() if _numbered(article)), key=_number)


def _numbered(article: str) -> bool:
    """Whether it is one of the Regulations; other sources have names of their own."""
    return cite(article).en.startswith("Art. ")


def _number(one: Citable) -> tuple[int, str]:
    digits = one.found_by.split()[0]
    return int(digits), one.words


def _citable(article: str, names: list[Words]) -> Citable:
    number = cite(article).en.removeprefix("Art. ").partition("(")[0]
    known = dict.fromkeys(said(name) for name in names)
    every = " ".join(dict.fromkeys(word for name in names for word in (name.zh, name.en)))
    return Citable(
        REGULATIONS.zh + article, said(cite(article)), " · ".join(known), f"{number} {article} {every}".lower()
    )
