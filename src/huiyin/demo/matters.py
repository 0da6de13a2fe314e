"""Invents matters from the themes in themes/*.toml: what is asked, in whose words, and how it can be answered.

The same chance (a seeded `random.Random`) gives the same matter. Offices, people, places and local rules are invented.
All run through Art. 31(6), so none is a mere suggestion (Art. 29), and none asks for what another procedure decides.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from huiyin.demo import directions

WRITTEN = frozenset({"letter", "fax", "web", "email", "social"})
ORAL = frozenset({"visit", "phone", "leader"})
EVERYWHERE = "place"
PAYING = ("补发", "补报", "报销", "发放", "退还", "支付")  # data: words of invented requests
AMOUNT = re.compile(r"\d+(?:\.\d+)?(?:万)?元")  # data: an amount in an invented answer


@dataclass(frozen=True)
class Author:
    """Who brings a matter, as far as a letter says it; an empty name is a letter without a sender."""

    name: str
    age: int
    former: str


@dataclass(frozen=True)
class Invented:
    """A matter and what an honest answer to it would be. `findings` are (kind, source, found)."""

    title: str
    text: str
    purpose: str
    topic: str
    section: str
    place: str
    requests: list[dict[str, str]]
    answers: list[dict[str, str]]
    findings: list[tuple[str, str, str]]
    facts: str


@cache
def phrases() -> dict[str, Any]:
    """Openings, endings and what staff write, from phrases.toml."""
    return tomllib.loads(files(__package__).joinpath("phrases.toml").read_text(encoding="utf-8"))


@cache
def themes() -> tuple[Mapping[str, Any], ...]:
    """All themes, in the order of the files' names."""
    folder = files(__package__).joinpath("themes")
    found = sorted(folder.iterdir(), key=lambda path: path.name)
    read = [tomllib.loads(path.read_text(encoding="utf-8")) for path in found if path.name.endswith(".toml")]
    return tuple(theme for one in read for theme in one["theme"])


def theme_for(chance: random.Random, way: str) -> Mapping[str, Any]:
    """What a matter that takes this way may be about."""
    fitting = [theme for theme in themes() if directions.fits(way, theme)]
    return chance.choices(fitting, [theme["weight"] for theme in fitting])[0]


def invent(chance: random.Random, author: Author, channel: str, *, theme: Mapping[str, Any] | None = None) -> Invented:
    """A matter that this author brings through this channel, about this theme or any."""
    theme = theme or theme_for(chance, "")
    words = _words(chance, theme, author)
    which = chance.randrange(min(len(theme["titles"]), len(theme["bodies"])))  # a title goes with the words beside it
    rows = [row for row in theme["requests"] if not row.get("optional") or chance.random() < 0.5]
    answers = [
        {"text": _said(row["ask"], words), "result": row["result"], "reason": _said(row["reason"], words), "basis": row["basis"],
         "ground": row.get("ground", "")} | _money(_said(row["ask"], words), _said(row["reason"], words))
        for row in rows
    ]  # fmt: skip
    return Invented(
        title=_said(theme["titles"][which], words),
        text=_text(chance, _said(theme["bodies"][which], words), author, channel, words),
        purpose=theme["purpose"],
        topic=theme["topic"],
        section=theme["section"],
        place=words[EVERYWHERE] if chance.random() < 0.4 else "",
        requests=[{"text": answer["text"]} for answer in answers],
        answers=answers,
        findings=[(kind, _said(source, words), _said(found, words)) for kind, source, found in theme["findings"]],
        facts=_said(theme["facts"], words),
    )


def _words(chance: random.Random, theme: Mapping[str, Any], author: Author) -> dict[str, str]:
    words = {slot: chance.choice(choices) for slot, choices in theme["slots"].items()}
    former = author.former or chance.choice(phrases()["formers"])
    return words | {
        EVERYWHERE: chance.choice(phrases()["places"]), "name": author.name, "age": str(author.age), "former": former,
    }  # fmt: skip


def _money(asked: str, reason: str) -> dict[str, str]:
    """Whether a sum of money is to be paid where the request is supported."""
    found = AMOUNT.search(reason) or AMOUNT.search(asked)
    if found:
        return {"money": "yes", "amount": found[0]}
    return {"money": "yes" if any(word in asked for word in PAYING) else "no"}


def _said(pattern: str, words: Mapping[str, str]) -> str:
    return pattern.format_map(words)


def _text(chance: random.Random, body: str, author: Author, channel: str, words: Mapping[str, str]) -> str:
    manner = "written" if channel in WRITTEN else "oral" if channel in ORAL else "passed"
    begins: Sequence[str] = phrases()["opening"][manner if author.name else "nameless"]
    ends: Sequence[str] = phrases()["closing"][manner]
    lines = [_said(chance.choice(begins), words), body, chance.choice(ends)]
    if manner == "written" and author.name:
        lines.append(author.name)
    return "\n".join(line for line in lines if line)
