"""The slip with a number of the day: A6, in the reader's language. It says nothing of who came or why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from huiyin.procedure.words import Words, day_words

from . import press
from .pdf import BEIJING, single

TITLE = Words("候访号", "Your number")
WAIT = Words(
    "请坐下等，叫到这个号再进来。屏幕上也看得见。", "Please take a seat; you will be called by this number. The screen shows it too."
)  # fmt: skip
FRAUD = Words("我们从不让您转账。", "We never ask you to transfer money.")


@dataclass(frozen=True)
class Slip:
    """A number, when it was taken (aware), and how many waited before it at that moment."""

    unit: str
    number: int
    taken_at: datetime
    before: int
    language: str = "zh-hans"

    @property
    def waiting(self) -> Words:
        if not self.before:
            return Words("前面没有人在等。", "Nobody waits before you.")
        return Words(f"前面还有{self.before}位在等。", f"Waiting before you: {self.before}.")


def render(slip: Slip, *, folder: Path | None = None) -> bytes:
    """The slip as PDF/A-2b, one page of A6."""
    local, say = slip.taken_at.astimezone(BEIJING), slip.language
    english = say.lower().startswith("en")
    data = {
        "lang": "en" if english else "zh",
        "region": "gb" if english else "cn",
        "unit": single(slip.unit),
        "title": TITLE.say(say),
        "number": str(slip.number),
        "when": f"{day_words(local.date(), year=True).say(say)} {local:%H:%M}",
        "waiting": slip.waiting.say(say),
        "wait": WAIT.say(say),
        "fraud": FRAUD.say(say),
        "day": {"year": local.year, "month": local.month, "day": local.day},
    }
    return press.pdf("slip.typ", data, made_at=slip.taken_at, folder=folder)
