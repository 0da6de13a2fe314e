"""How official papers say dates, numbers and titles: GB/T 9704-2012, 7.2.5, 7.3.1 and 7.3.5."""

from __future__ import annotations

# data: official letters and receipts are in the law's language
import math
import re
from datetime import date
from itertools import accumulate

import rjieba

from .fields import UNREADABLE

NUMERALS = "一二三四五六七八九十"
TITLE_WIDTH = 20  # 二号 characters across the 156 mm of the text area
_MATTER_ENDS = ("问题", "事项", "情况", "请求", "诉求", "建议", "意见", "事宜", "申请", "的事")
_UNIT_ENDS = (re.compile("公司|集团|委员会|政府|[局厅院厂校]"), re.compile("[省市区县]"))
_NO_LINE_START = "的了和与及，、。；：！？）》”〕"
_NO_LINE_END = "（《“〔"


def said(day: date, after: date | None = None) -> str:
    """2026年2月24日; without the year when `after`, the date said before it, was in the same one."""
    short = f"{day.month}月{day.day}日"
    return short if after is not None and after.year == day.year and after != UNREADABLE else f"{day.year}年{short}"


def numeral(position: int) -> str:
    """1 → 一, 10 → 十, 11 → 十一, 23 → 二十三: ordinals of headings, up to 99."""
    tens, ones = divmod(position, 10)
    head = "" if tens == 0 else "十" if tens == 1 else NUMERALS[tens - 1] + "十"
    return head + (NUMERALS[ones - 1] if ones else "")


def number_label(code: str, year: int, serial: int) -> str:
    """云供信〔2026〕7号: hexagonal brackets, full year, no 第, no leading zero (7.2.5)."""
    return f"{code.strip()}〔{year}〕{serial}号"


def tidy_number(label: str) -> str:
    """The same number in the official form: other brackets become 〔〕, 第 and leading zeros go. Else unchanged."""
    found = re.fullmatch(r"\s*(.*?)\s*[\[［〔（(【]\s*(\d{4})\s*[\]］〕）)】]\s*第?\s*0*(\d+)\s*号?\s*", label)
    return number_label(found[1], int(found[2]), int(found[3])) if found else label.strip()


def matter_phrase(matter: str) -> str:
    """What was raised as a noun: 取暖补贴停发问题 stays, 取暖补贴没有发 becomes 取暖补贴没有发的问题."""
    matter = " ".join(matter.split()).rstrip("。．.，,；;！!？?")
    return matter if matter.endswith(_MATTER_ENDS) or not matter else f"{matter.removesuffix('的')}的问题"


def ended(text: str) -> str:
    """The text as a sentence, with its full stop."""
    return text if text.endswith(("。", "！", "？", "…", ".", "!", "?")) else text.rstrip("；;，,：:、") + "。"


def title_lines(about: str, document: str, whole: str = "") -> tuple[str, ...]:
    """关于…的 and the document's name on centred lines of similar length, cut between words only (7.3.1, 词意完整); `whole` is a
    name that stays together. The document's name alone if `about` fills over 3 lines."""
    if _width(about + document) <= TITLE_WIDTH:
        return (about + document,)
    rows = math.ceil(_width(about) / (TITLE_WIDTH - 1))
    return (*_balanced(about, rows, _word_ends(about, whole)), document) if 0 < rows <= 3 else (document,)


def head_lines(unit: str, longest: int = TITLE_WIDTH) -> list[str]:
    """A unit's name on one line, or beyond `longest` characters on two, cut behind the name of a body (公司, 局 …), of a
    place, or else of a word, near the middle."""
    if len(unit) <= longest:
        return [unit]
    bodies, places = ([found.end() for found in ends.finditer(unit)] for ends in _UNIT_ENDS)
    near = next(
        (kept for ends in (bodies, places) if (kept := [end for end in ends if 0.3 < end / len(unit) < 0.75])), []
    )
    cut = min(near or _word_ends(unit, ""), key=lambda end: abs(end - len(unit) / 2))
    return [unit[:cut], unit[cut:]]


def _word_ends(text: str, whole: str) -> list[int]:
    """The places inside a text behind its words; `whole` is one word."""
    before, found, after = text.partition(whole) if whole else (text, "", "")
    words = [*rjieba.cut(before), found, *rjieba.cut(after)]
    return list(accumulate(map(len, words)))[:-1] or [len(text) // 2]


def _balanced(text: str, rows: int, ends: list[int]) -> list[str]:
    """The text in `rows` lines of nearly the same width, cut behind a word where there is one, and where a line may end."""
    if rows == 1:
        return [text]
    fitting = [cut for cut in range(1, len(text)) if _may_cut(text, cut) and _width(text[:cut]) <= TITLE_WIDTH]
    cuts = [cut for cut in fitting if cut in ends] or fitting
    cut = min(cuts, key=lambda end: abs(_width(text[:end]) - _width(text) / rows), default=len(text) // rows)
    return [text[:cut], *_balanced(text[cut:], rows - 1, [end - cut for end in ends if end > cut])]


def _may_cut(text: str, at: int) -> bool:
    """No line begins with 的 or a closing mark, ends with an opening one, or parts a figure or word or its unit."""
    before, after = text[at - 1], text[at]
    return after not in _NO_LINE_START and before not in _NO_LINE_END and not before.isascii()


def _width(text: str) -> float:
    """Width in characters; figures and Latin letters take a little more than half."""
    return sum(0.56 if char.isascii() else 1.0 for char in text)
