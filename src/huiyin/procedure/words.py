"""The same sentence in Chinese and English, and dates said in words.

The rules explain themselves without any framework, so both languages are written side by side here
instead of going through a message catalogue.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Words:
    """One text in Simplified Chinese (`zh`) and English (`en`)."""

    zh: str
    en: str

    def say(self, language: str) -> str:
        """The text for a language code: `en…` is English, anything else Chinese."""
        return self.en if language.lower().startswith("en") else self.zh

    def as_dict(self) -> dict[str, str]:
        """`{"zh": …, "en": …}`, as JSON answers carry it."""
        return {"zh": self.zh, "en": self.en}


WEEKDAYS: tuple[Words, ...] = (
    Words("周一", "Monday"),
    Words("周二", "Tuesday"),
    Words("周三", "Wednesday"),
    Words("周四", "Thursday"),
    Words("周五", "Friday"),
    Words("周六", "Saturday"),
    Words("周日", "Sunday"),
)
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def weekday_words(day: date) -> Words:
    """The day of the week: 周二, Tuesday."""
    return WEEKDAYS[day.weekday()]


def day_words(day: date, *, year: bool = False, weekday: bool = False) -> Words:
    """A date as people say it: 2月3日, 2026年2月3日（周二）; 3 February, Tuesday 3 February 2026."""
    zh = f"{day.month}月{day.day}日"
    en = f"{day.day} {_MONTHS[day.month - 1]}"
    if year:
        zh, en = f"{day.year}年{zh}", f"{en} {day.year}"
    if weekday:
        zh, en = f"{zh}（{weekday_words(day).zh}）", f"{weekday_words(day).en} {en}"
    return Words(zh, en)
