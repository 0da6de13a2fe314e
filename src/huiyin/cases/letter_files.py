"""The files of a letter: official PDF, Word, and large print. Made from the letter's frozen data whenever asked for."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from huiyin.cases.models import Case, CaseLetter
from huiyin.documents.letters import docx, fonts, large_print, pdf
from huiyin.documents.letters.content import Letter, build
from huiyin.kernel.errors import Refused
from huiyin.procedure.papers import IN_LARGE_PRINT

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True)
class Made:
    """A file that was made: its name, its type and its bytes."""

    name: str
    mime: str
    content: bytes


ANSWERS = ("opinion", "reply")
ORDERS = frozenset({"order_again", "order_duty_again"})


# They hold the petitioner's address or telephone.
WITH_CONTACT = frozenset({"service", "forward", "assign_letter"})


def needs_whole(letter: CaseLetter, form: str) -> bool:
    """Whether a letter in this form is for those alone who may have the whole file: large print carries what opens the matter to its
    petitioner, some letters their address."""
    return form == "large" or letter.kind in WITH_CONTACT


def of_case(case: Case, letter_id: int) -> CaseLetter:
    """A letter of this case. Raises Refused (not_found) for any other."""
    found = next((letter for letter in case.letters.all() if letter.pk == letter_id), None)
    if found is None:
        raise Refused("这件事里没有这份文书。", "This matter has no such letter.", code="not_found")
    return found


def made(case: Case, letter: CaseLetter, form: str) -> Made:
    """The letter as `pdf`, `docx` or `large` (large print, PDF). KeyError for another form."""
    whole = build(letter.kind, letter.data)
    name = f"{case.no} {letter.get_kind_display()} {letter.label}".strip()
    folder = settings.FONTS
    if form == "docx":
        return Made(f"{name}.docx", WORD, docx.render(whole))
    if form == "large" and letter.kind not in IN_LARGE_PRINT:
        raise Refused(
            "这份文书是给别的机关、单位的，没有大字版。",
            "This letter goes to another office; it has no large print.",
            code="not_found",
        )
    if form == "large":
        url = f"{settings.BASE_URL}/t/{case.receipt_secret}/"
        return Made(
            f"{name} 大字.pdf", "application/pdf", large_print.render(whole, url=url, folder=folder)
        )  # data: a file's name
    return {"pdf": Made(f"{name}.pdf", "application/pdf", pdf.render(whole, folder=folder))}[form]


def proof_sheet(letter: Letter) -> bytes:
    """A letter that is not issued yet, as PDF."""
    return pdf.render(letter, folder=settings.FONTS)


def unprintable(text: str) -> list[str]:
    """The characters of `text` that no typeface at hand can draw, each once: they would be printed as 〓."""
    return fonts.uncovered(text, settings.FONTS)


def is_void(case: Case, letter: CaseLetter) -> bool:
    """Whether an answer was numbered and then ordered back before it was delivered (退回重办): it stands in the record, and
    nobody is shown it as the answer."""
    orders = (event.seq for event in case.events.all() if event.action in ORDERS)
    return letter.kind in (*ANSWERS, "duty_reply") and any(seq > letter.seq for seq in orders)
