"""Dates, telephone numbers and sentences: filters, icons and the line breaks of the portal's copy."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from django import template
from django.utils.formats import date_format
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from huiyin.kernel import clock
from huiyin.procedure.words import Words
from huiyin.web.ui.copy import WHOLE, with_breaks

register = template.Library()

ICONS = {
    "sound": "M4 9.5v5h3.5L12 18.5v-13L7.5 9.5H4zM15.5 9a4 4 0 0 1 0 6M18 6.5a7.5 7.5 0 0 1 0 11",
    "back": "M14.5 5.5L8 12l6.5 6.5",
    "next": "M9.5 5.5L16 12l-6.5 6.5",
    "warn": "M12 4L2.5 20.5h19L12 4zM12 10.5v4.5M12 17.6v.2",
    "camera": "M3.5 7.5h4l1.5-2.5h6l1.5 2.5h4v12h-17v-12zM12 16.5a3.3 3.3 0 1 0 0-6.6 3.3 3.3 0 0 0 0 6.6z",
    "save": "M12 4v11M7.5 11l4.5 4.5 4.5-4.5M5 20h14",
    "print": "M7 9V4h10v5M7 17H4v-7h16v7h-3M7 14h10v6H7z",
    "tick": "M5 12.5l4.6 4.6L19 7.6",
    "cross": "M6 6l12 12M18 6L6 18",
}


@register.simple_tag
def icon(name: str) -> SafeString:
    """A small drawing beside words; it says nothing of its own to a screen reader."""
    return format_html(
        '<svg class="icon icon--{}" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="{}"/></svg>',
        name,
        ICONS[name],
    )


@register.filter
def said(words: Any) -> str:
    """`Words` in the reader's language; text stays as it is."""
    return words.say(get_language() or "zh") if isinstance(words, Words) else words


@register.filter
def day(value: date | datetime | None, how: str = "") -> str | SafeString:
    """A date in words, kept on one line. `how`: year, week (周二), long (星期二), or several of them."""
    if value is None:
        return ""
    on = clock.on(value) if isinstance(value, datetime) else value
    return format_html('<time datetime="{}">{}</time>', on.isoformat(), day_text(on, how))


def day_text(on: date, how: str = "") -> str:
    """2月24日 · 2026年2月24日 · 2月24日 周二 · 2月24日 星期二; in English 24 Feb, 24 Feb 2026, Tue 24 Feb, Tuesday 24 Feb.

    `how="day"` leaves out the month (24日), but not in English.
    """
    if (get_language() or "").startswith("en"):
        return date_format(
            on, f"{'l ' if 'long' in how else 'D ' if 'week' in how else ''}j M{' Y' if 'year' in how else ''}"
        )
    if how == "day":
        return f"{on.day}日"
    words = _("{year}年{month}月{day}日") if "year" in how else _("{month}月{day}日")
    words = words.format(year=on.year, month=on.month, day=on.day)
    names = (pgettext("weekday", "星期") if "long" in how else pgettext("weekday", "周")) if how.strip("year ") else ""
    return f"{words} {names}{weekday_sign(on)}" if names else words


@register.filter
def weekday_sign(on: date) -> str:
    """One sign for the day of the week: 一 … 日; in English Mo … Su."""
    signs = (_("一"), _("二"), _("三"), _("四"), _("五"), _("六"), pgettext("weekday", "日"))
    return signs[on.weekday()]


@register.filter
def month_words(on: date) -> str:
    """The month alone: 2月, Feb."""
    return date_format(on, "M") if (get_language() or "").startswith("en") else _("{month}月").format(month=on.month)


@register.filter
def moment(value: datetime | None, how: str = "") -> str | SafeString:
    """Date and time of day in the office's zone: 2月10日 15:06. `how`: time (only the time), year."""
    if value is None:
        return ""
    local = value.astimezone(clock.ZONE)
    time = f"{local.hour}:{local.minute:02}"
    words = time if how == "time" else f"{day_text(local.date(), how)} {time}"
    return format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="minutes"), words)


@register.filter
def tel(number: str) -> str:
    """A telephone number for a `tel:` address."""
    return re.sub(r"[^\d+]", "", str(number))


@register.filter
def phrases(words: Any, whole: int = WHOLE) -> str | SafeString:
    """Copy that breaks between words only; clauses up to `whole` characters stay in one piece. Not for citizens' own words."""
    safe = conditional_escape(words)
    return safe if (get_language() or "").startswith("en") else with_breaks(safe, whole)


@register.simple_block_tag
def copy(content: str, whole: int = WHOLE) -> str | SafeString:
    """The same for a stretch of template. Large headings take whole=6."""
    return phrases(content, whole)
