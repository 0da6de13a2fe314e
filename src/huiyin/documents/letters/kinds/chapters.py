"""How a letter is divided, and how it names another body: what the letters of all branches have in common."""

from __future__ import annotations

# data: official letters and receipts are in the law's language
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from huiyin.procedure.words import Words

from ..fields import Fields
from ..parts import Block
from ..wording import ended, numeral, said
from . import petition

Texts = str | Sequence[str | Block]


@dataclass(frozen=True)
class Body:
    """Another office: its name and how to reach it."""

    name: str
    address: str
    phone: str

    @property
    def reach(self) -> str:
        """The name with the ways to reach it in brackets."""
        return f"{self.name}（{'；'.join(self.ways)}）" if self.ways else self.name

    @property
    def lines(self) -> list[str]:
        """Name, address and telephone, a line each: a number on a line of its own is never torn from its label."""
        return [self.name, *self.ways]

    @property
    def ways(self) -> list[str]:
        """Address and telephone, a line each."""
        return [f"{label}：{text}" for label, text in (("地址", self.address), ("电话", self.phone)) if text]


def body(fields: Fields, words: Words | None = None, key: str = "body") -> Body:
    """The body under `key` {name, address, phone}; a missing name is an error when `words` names it."""
    part = fields.part(key)
    return Body(part.text("name", words), part.text("address"), part.text("phone"))


def chapters(*parts: tuple[str, Texts]) -> tuple[Block, ...]:
    """一、…, 二、… with their paragraphs; a heading without text is left out."""
    written = [(heading, blocks) for heading, texts in parts if (blocks := list(paragraphs(texts)))]
    return tuple(
        block
        for place, (heading, blocks) in enumerate(written, 1)
        for block in (Block(f"{numeral(place)}、{heading}", "heading"), *blocks)
    )


def sections(*parts: tuple[str, Texts]) -> tuple[Block, ...]:
    """The same in plain words, without numbers."""
    written = [(heading, blocks) for heading, texts in parts if (blocks := list(paragraphs(texts)))]
    return tuple(block for heading, blocks in written for block in (Block(heading, "heading"), *blocks))


def paragraphs(texts: Texts) -> Iterator[Block]:
    """Each line as a paragraph that ends as a sentence."""
    for text in [texts] if isinstance(texts, str) else texts:
        if isinstance(text, Block):
            yield text
        else:
            yield from (Block(ended(line.strip())) for line in text.splitlines() if line.strip())


def items(texts: Sequence[str]) -> list[str]:
    """Sentences, numbered where there are several."""
    if len(texts) == 1:
        return [ended(texts[0])]
    return [f"{place}.{ended(text)}" for place, text in enumerate(texts, 1)]


def received(matter: petition.Petition) -> list[str]:
    """When the matter was received, and its number."""
    number = [f"登记编号：{matter.case_number}"] if matter.case_number else []
    return [f"收到日期：{said(matter.received_on)}", *number]


def contact(matter: petition.Petition) -> str:
    """Whom to ask, as a paragraph of its own."""
    reached = matter.contact or matter.sender.phone
    return f"有事请联系：{reached}" if reached else ""


def lines(fields: Fields, key: str, words: Words | None = None) -> list[str]:
    """The lines of a text, or the texts of a list; none is an error when `words` names them."""
    found = [line.strip() for text in fields.texts(key) for line in text.splitlines() if line.strip()]
    fields.check(bool(found) or words is None, words)
    return found
