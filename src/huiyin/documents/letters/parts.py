"""What a letter is made of, whatever prints it.

A `Letter` holds words only; page size, typefaces and the grid belong to pdf.py, docx.py and large_print.py.
The parts follow GB/T 9704-2012: 发文机关标志, 发文字号, 标题, 主送机关, 正文, 附件说明, 署名, 成文日期.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from huiyin.procedure.words import Words

Level = Literal["heading", "body"]

DOCUMENTS: dict[str, Words] = {
    "notice": Words("信访事项告知书", "notice of receipt"),
    "acceptance": Words("受理告知书", "notice of acceptance"),
    "extension": Words("延期告知书", "notice of extension"),
    "opinion": Words("信访处理意见书", "letter of decision"),
    "reply": Words("答复意见书", "letter of reply"),
    "service": Words("送达回证", "proof of delivery"),
    "supervision": Words("督办函", "supervisory letter"),
}


@dataclass(frozen=True)
class Sender:
    """The office that writes: name of the unit, its section, and how to reach it."""

    unit: str
    office: str = ""
    phone: str = ""
    address: str = ""
    hours: str = ""


@dataclass(frozen=True)
class Block:
    """One paragraph. `heading` is 一、 in 黑体; `lead` are the words in 楷体, （一）…。, that open a body paragraph."""

    text: str
    level: Level = "body"
    lead: str = ""


@dataclass(frozen=True)
class Answer:
    """The outcome in plain words, boxed in the large-print letter: the sentence, and what follows from it."""

    says: str
    more: str = ""


@dataclass(frozen=True)
class FormRow:
    """A line of a form: `options` are boxes to tick, `chosen` the ticked one, `height` in text lines."""

    label: str
    value: str = ""
    height: int = 1
    options: tuple[str, ...] = ()
    chosen: str = ""


@dataclass(frozen=True)
class Letter:
    """One letter or form, ready to be laid out. `title` is broken into lines by meaning already."""

    kind: str
    number_label: str
    title: tuple[str, ...]
    addressee: str
    blocks: tuple[Block, ...]
    sender: Sender
    signer: str
    date: date
    attachments: tuple[str, ...] = ()
    remedy: str = ""
    remedy_plain: str = ""
    case_number: str = ""
    contact: str = ""
    answer: Answer | None = None
    plain: tuple[Block, ...] = ()
    form: tuple[FormRow, ...] = ()
    language: str = field(default="zh-hans")

    @property
    def text(self) -> str:
        """Every word of the letter, one part per line: for search, and to ask whether all of it can be printed."""
        return "\n".join(part for part in self._parts() if part)

    def _parts(self) -> Iterator[str]:
        yield from (self.sender.unit, self.sender.office, self.number_label, *self.title, self.addressee)
        if self.answer:
            yield from (self.answer.says, self.answer.more)
        for block in (*self.blocks, *self.plain):
            yield block.lead + block.text
        for row in self.form:
            yield from (row.label, row.value, *row.options)
        yield from (self.remedy, self.remedy_plain, *self.attachments, self.signer, self.contact, self.case_number)


class LetterIncompleteError(Exception):
    """A letter lacks something that the Regulations or the form ask for. `.words` says it to a person."""

    def __init__(self, kind: str, missing: tuple[Words, ...], why: Words) -> None:
        self.kind, self.missing, self.why = kind, missing, why
        super().__init__(self.words.zh)

    @property
    def words(self) -> Words:
        """One sentence per language: which document, what is lacking, which article asks for it."""
        name = DOCUMENTS[self.kind]
        return Words(
            f"{name.zh}还不能出，请先补上：{'；'.join(w.zh for w in self.missing)}。{self.why.zh}",
            f"The {name.en} cannot be issued yet. Please complete: {'; '.join(w.en for w in self.missing)}. "
            f"{self.why.en}",
        )
