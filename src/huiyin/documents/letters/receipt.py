"""The receipt that a person takes home: A5, in Chinese or English, proof of what was handed in and when we answer.

The promise on it is Art. 23 of the Regulations: within 15 days we say who handles the matter and how – where a notice can be
sent at all; else the paper says so. The 12 digits
are for people with a telephone, the QR code for people with a camera, the paper itself for all others.
"""

from __future__ import annotations

# data: official letters and receipts are in the law's language
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from huiyin.documents import qr
from huiyin.procedure.words import WEEKDAYS, Words, day_words

from . import press
from .parts import Sender
from .pdf import BEIJING, single

PARTS_OF_DAY = ((6, "凌晨"), (12, "上午"), (13, "中午"), (18, "下午"), (24, "晚上"))
CODE_LENGTH, CODE_GROUP = 12, 4
WORDS = {
    "receipt": Words("收据", "Receipt"),
    "what": Words("什么事", "Matter"),
    "when": Words("收到时间", "Received"),
    "how": Words("怎样收到", "How"),
    "number": Words("编号", "Number"),
    "promise": Words("最晚哪天，告诉您谁来办、怎么办", "By this day we tell you who handles it, and how"),
    "no-notice": Words(
        "姓名或者住址不清，没法给您寄书面告知。",
        "Your name or address is unclear, so we can't send you a written notice.",
    ),
    "ask": Words("凭下面的码随时可以查", "Ask at any time with the code below"),
    "settled": Words("这件事已经办结。", "This matter is settled."),
    "code": Words("查询码", "Inquiry code"),
    "scan-alt": Words("查询用的二维码", "QR code for following the matter"),
    "fraud": Words("我们从不让您转账。", "We never ask you to transfer money."),
}
WAYS = Words(
    "扫左边的码，或者打电话报这个码，或者带这张纸来，都能查。",
    "Scan the code, or tell us the digits by telephone, or bring this paper.",
)
WAYS_WITHOUT_QR = Words(
    "打电话报这个码，或者带这张纸来，都能查。", "Tell us the digits by telephone, or bring this paper."
)
CHECK = Words("这件事走到哪一步了，可以在这里查：", "See where the matter stands: ")


@dataclass(frozen=True)
class Receipt:
    """What a receipt says. `name` is empty if the person did not give one. `received_at` carries its time zone.

    `received_on` is the day from which the term counts, where that is not the day of the entry (a letter entered a day later).

    `answer_by` is the end of the term of Art. 23; None where none runs, because there is no way to send a notice, or because the
    matter was `settled` when it was taken over.

    `how` is a phrase in the receipt's language (网上提交，照片2张); `url` opens the matter; `check_at` is the short
    address printed for typing; `code` has 12 digits.
    """

    sender: Sender
    what: str
    received_at: datetime
    how: str
    number: str
    answer_by: date | None
    code: str
    name: str = ""
    honorific: str = ""
    url: str = ""
    check_at: str = ""
    language: str = "zh-hans"
    received_on: date | None = None
    settled: bool = False

    def __post_init__(self) -> None:
        if not (self.code.isascii() and self.code.isdigit() and len(self.code) == CODE_LENGTH):
            raise ValueError(f"an inquiry code has {CODE_LENGTH} digits, not {self.code!r}")

    @property
    def day(self) -> date:
        """The day it came in."""
        return self.received_on or self.received_at.astimezone(BEIJING).date()

    @property
    def groups(self) -> list[str]:
        """The code as it is printed and read out: three groups of four digits."""
        return [self.code[at : at + CODE_GROUP] for at in range(0, CODE_LENGTH, CODE_GROUP)]

    @property
    def text(self) -> str:
        """What people wrote on it, to ask whether all of it can be printed."""
        return "\n".join((self.sender.unit, self.sender.office, self.name, self.what, self.how, self.sender.address))


def render(receipt: Receipt, *, folder: Path | None = None) -> bytes:
    """The receipt as PDF/A-2b, one page of A5; `folder` holds the office's own typefaces."""
    pictures = {"qr": qr.svg(receipt.url)} if receipt.url else {}
    return press.pdf("receipt.typ", _payload(receipt), made_at=receipt.received_at, folder=folder, pictures=pictures)


def _payload(receipt: Receipt) -> dict[str, Any]:
    sender, language = receipt.sender, receipt.language
    english = language.lower().startswith("en")
    say = {key: words.say(language) for key, words in WORDS.items()}
    return {
        "lang": "en" if english else "zh",
        "region": "gb" if english else "cn",
        "day": {"year": receipt.day.year, "month": receipt.day.month, "day": receipt.day.day},
        "unit": single(sender.unit),
        "office": single(sender.office),
        "number": single(receipt.number),
        "words": say
        | {
            "greeting": _greeting(receipt),
            "received": ["We have ", "received", " your matter."] if english else ["您反映的事，我们", "收到了", "。"],
            "promise": say[_promise(receipt)],
            "promised-day": _promised(receipt.answer_by).say(language) if receipt.answer_by else say["ask"],
            "day-size": 24 if receipt.answer_by or not english else 19,
            "ways": (WAYS if receipt.url else WAYS_WITHOUT_QR).say(language),
            "check": f"{CHECK.say(language)}{single(receipt.check_at)}" if receipt.check_at else "",
            "receipt-size": 24 if english else 29,
            "greeting-size": 15 if english else 16,
            "label-width": 26 if english else 23,
        },
        "mark": {
            "unit": single(sender.unit),
            "date": f"{receipt.day:%Y.%m.%d}",
            "office": "Received" if english else f"{single(sender.office)}收",
        },
        "rows": [
            [say["what"], short(single(receipt.what))],
            [say["when"], _received(receipt).say(language)],
            [say["how"], short(single(receipt.how))],
            [say["number"], single(receipt.number)],
        ],
        "has-qr": bool(receipt.url),
        "quiet": qr.quiet_share(receipt.url) if receipt.url else 0,
        "code": receipt.groups,
        "phone": single(sender.phone),
        "hours": single(sender.hours),
        "address": f"{single(sender.address)}{Words('。', '. ').say(language)}" if sender.address else "",
    }


def _greeting(receipt: Receipt) -> str:
    name = short(single(receipt.name), 12)
    if receipt.language.lower().startswith("en"):
        return f"Dear {name}," if name else "Hello,"
    return f"{name}{receipt.honorific or '同志'}：" if name else "您好："


def _promise(receipt: Receipt) -> str:
    """Which promise holds: a date by which we write, or only the code."""
    if receipt.answer_by:
        return "promise"
    return "settled" if receipt.settled else "no-notice"


def _promised(day: date) -> Words:
    chinese = WEEKDAYS[day.weekday()].zh.replace("周", "星期").replace("星期日", "星期天")
    return Words(f"{day_words(day).zh} {chinese}", day_words(day, weekday=True).en)


def _received(receipt: Receipt) -> Words:
    """The moment; or the day it came in, and after it the day of the entry."""
    local = receipt.received_at.astimezone(BEIJING)
    if receipt.day == local.date():
        return _moment(local)
    came, entered = day_words(receipt.day, year=True), day_words(local.date(), year=receipt.day.year != local.year)
    return Words(f"{came.zh}（{entered.zh}登记）", f"{came.en} (entered on {entered.en})")


def _moment(local: datetime) -> Words:
    """2026年2月24日 上午10点26分; 24 February 2026, 10:26."""
    part = next(name for until, name in PARTS_OF_DAY if local.hour < until)
    hour = local.hour if local.hour <= 12 else local.hour - 12
    clock = f"{part}{hour}点" + (f"{local.minute}分" if local.minute else "整")
    day = day_words(local.date(), year=True)
    return Words(f"{day.zh} {clock}", f"{day.en}, {local:%H:%M}")


def short(text: str, limit: int = 40) -> str:
    """The text, or its beginning and …: a receipt names the matter, it does not repeat the letter."""
    return text if len(text) <= limit else text[: limit - 1].rstrip("，。；、 ") + "…"
