"""What a calendar says, for a page: its years, and the days in which another one differs from it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from huiyin.kernel.errors import Refused
from huiyin.procedure.calendars import Calendar, Entry, Unreadable, read_csv, rows_of
from huiyin.web.ui.time_parts import said

COLUMNS = ("date", "kind", "name_zh", "name_en")


@dataclass(frozen=True)
class Year:
    """A year: whether its days were published, how many rest days on weekdays and working days at weekends it lists."""

    year: int
    official: bool
    rest: int
    work: int


@dataclass(frozen=True)
class Change:
    """A day that would change: what it is now and what it would be, in words."""

    on: date
    before: str
    after: str


@dataclass(frozen=True)
class Changes:
    """What an import would change: years that become published, and single days."""

    published: list[int]
    days: list[Change]


def years(calendar: Calendar, *, since: int) -> list[Year]:
    """The years that a calendar lists, from `since` on."""
    return [_year(calendar, year) for year in range(max(since, calendar.first_year), calendar.last_year + 1)]


def _year(calendar: Calendar, year: int) -> Year:
    entries = [entry for entry in calendar.entries if entry.day.year == year]
    rest = sum(entry.kind == "rest" for entry in entries)
    return Year(year, year in calendar.official_years, rest, len(entries) - rest)


def changes(before: Calendar, after: Calendar) -> Changes:
    """In what `after` differs from `before`."""
    old, new = ({entry.day: entry for entry in calendar.entries} for calendar in (before, after))
    differing = sorted(day for day in old.keys() | new.keys() if _kind(old.get(day), day) != _kind(new.get(day), day))
    published = sorted(after.official_years - before.official_years)
    return Changes(published, [Change(day, _said(old.get(day), day), _said(new.get(day), day)) for day in differing])


def _kind(entry: Entry | None, day: date) -> str:
    return entry.kind if entry else "work" if day.weekday() < 5 else "rest"


def _said(entry: Entry | None, day: date) -> str:
    words = _("上班") if _kind(entry, day) == "work" else _("放假")
    return _("{kind}（{name}）").format(kind=words, name=said(entry.name)) if entry else words


def rows_of_year(calendar: Calendar, year: int) -> list[dict[str, str]]:
    """The listed days of one year as rows."""
    return [row for row in rows_of(calendar) if row["date"].startswith(f"{year:04d}-")]


def rows_in(content: bytes, *, field: str) -> list[dict[str, str]]:
    """The rows of a CSV file. Refused, with that field, for what is none."""
    try:
        return read_csv(content, ("date", "kind"))
    except Unreadable as unreadable:
        raise Refused(unreadable.words.zh, unreadable.words.en, field=field) from unreadable


def is_table(content: bytes) -> bool:
    """Whether a file has the columns of a calendar."""
    try:
        rows_in(content, field="file")
    except Refused:
        return False
    return True


def text_of(content: bytes) -> str:
    """The text of an uploaded CSV file in UTF-8 or GB18030; empty for what is no text."""
    if b"\0" not in content:
        for encoding in ("utf-8-sig", "gb18030"):
            try:
                return content.decode(encoding)
            except UnicodeDecodeError:
                continue
    return ""
