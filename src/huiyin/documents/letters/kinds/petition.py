"""The part that all letters about a matter share: who raised what, when and how.

Keys read: petitioner {name, honorific, late (who wrote and died since; who is addressed carries on)}, matter, case_number, received_on, how, number_label, issued_on, signer, sender,
contact {name or office, phone}, attachments, copies [name], plain {answer, more, sections [{heading, text}]}.
"""

from __future__ import annotations

# data: official letters and receipts are in the law's language
import re
from dataclasses import dataclass
from datetime import date

from huiyin.procedure.words import Words

from ..fields import Fields
from ..parts import Answer, Block, Letter, Sender
from ..wording import matter_phrase, said, tidy_number, title_lines

_SEPARATORS = re.compile(r"[；;\n]")


@dataclass(frozen=True)
class Petition:
    """What every letter repeats. `name` is empty when the petitioner is not known by name."""

    name: str
    honorific: str
    matter: str
    case_number: str
    received_on: date
    how: str
    number_label: str
    issued_on: date
    sender: Sender
    signer: str
    contact: str
    attachments: tuple[str, ...]
    answer: Answer | None
    plain: tuple[Block, ...]
    copies: tuple[str, ...] = ()
    late: str = ""

    def letter(
        self,
        kind: str,
        document: str,
        blocks: tuple[Block, ...],
        answer: Answer,
        remedy: str = "",
        remedy_plain: str = "",
        plain: tuple[Block, ...] = (),
        remedy_heading: str = "如果您不满意",
    ) -> Letter:
        """The letter with what every letter repeats; `answer` and `plain` say it in plain words, unless the data bring their own."""
        return Letter(
            kind, self.number_label, title_lines(self.about, document, self.late or self.name), self.addressee, (*blocks, *self._copied), self.sender, self.signer,
            self.issued_on, attachments=self.attachments, case_number=self.case_number, contact=self.contact,
            answer=self.answer or answer, plain=self.plain or plain, remedy=remedy,
            remedy_plain=remedy_plain, remedy_heading=remedy_heading,
        )  # fmt: skip

    @property
    def _copied(self) -> tuple[Block, ...]:
        """Who else of several gets the letter."""
        return (Block(f"本文书的副本同时送：{'、'.join(self.copies)}。"),) if self.copies else ()

    @property
    def addressee(self) -> str:
        """王桂芝同志; 信访人 for someone whose name is not known."""
        return f"{self.name}{self.honorific}" if self.name else "信访人"

    @property
    def _named(self) -> str:
        """王桂芝, or 王桂芝等人 for several; "" for nobody."""
        return f"{self.name}等人" if self.name and self.honorific.startswith("等") else self.name

    @property
    def about(self) -> str:
        """关于王桂芝反映取暖补贴停发问题: how titles begin."""
        return f"关于{self._writer}反映{self.matter}的"

    @property
    def _writer(self) -> str:
        """王桂芝; 王桂芝生前 for who died since: what they brought stays theirs, whoever carries it on."""
        if not self.late:
            return self._named
        return f"{self.late}等人" if self._named != self.name else f"{self.late}生前"

    @property
    def told(self) -> str:
        """王桂芝于2026年2月24日通过网上信访渠道反映的取暖补贴停发问题, for papers that others read."""
        return f"{self._writer or '信访人'}于{said(self.received_on)}{self.how}反映的{self.matter}"

    @property
    def raised(self) -> str:
        """您于2026年2月24日通过网上信访渠道反映的取暖补贴停发问题."""
        return f"{self._writer if self.late else '您'}于{said(self.received_on)}{self.how}反映的{self.matter}"


def read(fields: Fields) -> Petition:
    """The shared part of a snapshot; what is missing is noted in `fields`."""
    person, sender = fields.part("petitioner"), fields.sender()
    answer, plain = _plain(fields.part("plain"))
    return Petition(
        name=person.text("name"),
        late=person.text("late"),
        honorific=person.text("honorific") or "同志",
        matter=matter_phrase(fields.text("matter", Words("反映的是什么事", "the matter"))),
        case_number=fields.text("case_number"),
        received_on=fields.day("received_on", Words("收到日期", "the date of receipt")),
        how=fields.text("how"),
        number_label=tidy_number(fields.text("number_label")),
        issued_on=fields.day("issued_on", Words("成文日期", "the date of the letter")),
        sender=sender,
        signer=fields.text("signer") or sender.unit,
        contact=_contact(fields.part("contact")) or _contact(fields.part("handler")),
        attachments=tuple(
            name.strip() for line in fields.texts("attachments") for name in _SEPARATORS.split(line) if name.strip()
        ),
        answer=answer,
        plain=plain,
        copies=tuple(fields.texts("copies")),
    )


def _contact(part: Fields) -> str:
    return " ".join(filter(None, (part.text("name") or part.text("office"), part.text("phone"))))


def _plain(part: Fields) -> tuple[Answer | None, tuple[Block, ...]]:
    """The plain words for the large-print letter, where the office wrote some."""
    says = part.text("answer")
    blocks = []
    for section in part.parts("sections"):
        blocks += [Block(section.text("heading"), "heading")] if section.text("heading") else []
        blocks += [Block(text) for text in section.texts("text")]
    return (Answer(says, part.text("more")) if says else None), tuple(blocks)
