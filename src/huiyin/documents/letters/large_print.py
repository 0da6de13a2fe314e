"""The same letter for people who need large print: A4, 20 pt, ragged right, the answer in a box, ready to be folded.

Where the office wrote plain words, or the kind of letter has its own, they are printed, else the words of the official letter; always
with what comes next and the remedy.
The official letter stays the one that counts, and the sheet says which one that is.
"""

from __future__ import annotations

# data: official letters and receipts are in the law's language
from pathlib import Path
from typing import Any

from huiyin.documents import qr

from . import press
from .parts import Block, FormRow, Letter
from .pdf import made_at, paragraphs, payload, single, split_closing
from .wording import TITLE_WIDTH, head_lines

GREETINGS = {
    "notice": "您好！您反映的事，我们收到了，现在告诉您怎么办。",
    "reply": "您好！您提的事，我们研究过了，现在答复您。",
    "acceptance": "您好！您反映的事，我们看过了，现在告诉您怎么办。",
    "extension": "您好！您反映的事还在办，现在告诉您要延长多久。",
    "opinion": "您好！您反映的事，我们查清楚了，现在答复您。",
    "transfer": "您好！您反映的事，我们收到了。",
    "inform": "您好！您反映的事，我们看过了。",
    "direction": "您好！您反映的事，我们看过了。",
    "duty": "您好！您请我们管的事，我们收到了。",
    "duty_reply": "您好！您请我们管的事，现在答复您。",
    "simple_acceptance": "您好！您反映的事，我们看过了。",
    "hearing": "您好！您反映的事，要当面听大家说一说。",
    "mediation": "您好！您和对方谈好的事，写在这里。",
    "review_receipt": "您好！您不满意原来的答复，我们再查一遍。",
    "review_opinion": "您好！您不满意原来的答复，我们又查了一遍。",
    "rereview_opinion": "您好！您不满意复查的答复，我们又查了一遍。",
    "withdrawal": "您好！您说要撤回，我们记下了。",
    "not_accepted": "您好！您又反映到我们这里的这件事，我们看过了。",
    "not_again": "您好！您又写来的这件事，我们从头看过了。",
    "execution": "您好！答应您的事，现在告诉您办得怎样。",
    "service": "您好！这张纸记下文书是怎样送到您手里的。",
}


def render(letter: Letter, *, url: str = "", folder: Path | None = None) -> bytes:
    """The letter in large print as PDF/A-2b; `url`, if given, is printed as a QR code (where to follow the matter)."""
    extra = {"qr": qr.svg(url)} if url else {}
    return press.pdf("large_print.typ", _payload(letter, url), made_at=made_at(letter), folder=folder, pictures=extra)


def _payload(letter: Letter, url: str) -> dict[str, Any]:
    body = (*(letter.plain or letter.blocks), *_rows(letter.form), *_remedy(letter))
    main, closing = split_closing(paragraphs(body))
    answer = letter.answer
    return payload(letter) | {
        "office": single(letter.sender.office),
        "case-number": single(letter.case_number),
        "greeting": GREETINGS[letter.kind],
        "answer": {"says": single(answer.says), "more": answer.more.splitlines()} if answer else None,
        "addressee": single(letter.addressee) or "各位当事人",
        "paragraphs": main,
        "closing": closing,
        "signers": _signers(letter),
        "contact": single(letter.contact or letter.sender.phone),
        "official": f"正式文书是{single(letter.number_label)}，以正式文书为准。" if letter.number_label else "",
        "has-qr": bool(url),
        "quiet": qr.quiet_share(url) if url else 0,
    }


def _signers(letter: Letter) -> list[str]:
    """Who signs: unit and section, on one line where they fit."""
    unit, office = single(letter.signer), single(letter.sender.office) if letter.signer == letter.sender.unit else ""
    if len(unit + office) <= TITLE_WIDTH:
        return [unit + office]
    return [*head_lines(unit), *([office] if office else [])]


def _rows(form: tuple[FormRow, ...]) -> list[Block]:
    """The lines of a form that say something already."""
    return [
        Block(f"{single(row.label).replace('　', '')}：{row.value or row.chosen}")
        for row in form
        if row.value or row.chosen
    ]


def _remedy(letter: Letter) -> list[Block]:
    if letter.remedy_plain:
        return [Block(letter.remedy_heading, "heading"), Block(letter.remedy_plain)]
    return [Block(letter.remedy)] if letter.remedy else []
