"""A calendar that an office imports: rows date, kind, name_zh, name_en laid over an existing calendar.

A year that holds rest days on 1 January, 1 May and 1–3 October is taken as a complete published year: it replaces
what was there and becomes official. Single rows may amend a year that is official already; a fragment of an
unpublished year is refused, because its make-up days would be silently missing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from huiyin.procedure.calendars.calendar import Calendar, Entry, Kind
from huiyin.procedure.calendars.stored import STATUTE, default
from huiyin.procedure.calendars.tables import Unreadable, parse_date
from huiyin.procedure.words import Words, day_words, weekday_words

LAST_YEAR = 2099
LONGEST_NAME = 60
CERTAIN_REST_DAYS = ((1, 1), (5, 1), (10, 1), (10, 2), (10, 3))
_KINDS: dict[str, Kind] = {  # data: read, not shown
    "rest": "rest",
    "休": "rest",
    "放假": "rest",
    "work": "work",
    "班": "work",
    "上班": "work",
}


@dataclass(frozen=True)
class RowError:
    """What is wrong in one row. `row` counts as a spreadsheet does, the header being row 1; 0 is the whole file."""

    row: int
    words: Words


class CalendarErrors(ValueError):
    """The calendar was not imported; `errors` lists every row to correct."""

    def __init__(self, errors: Iterable[RowError]) -> None:
        self.errors = tuple(errors)
        super().__init__("; ".join(f"row {error.row}: {error.words.en}" for error in self.errors))


def from_rows(rows: Iterable[Mapping[str, str]], version: str, base: Calendar | None = None) -> Calendar:
    """The `base` calendar (default: the shipped one) with these rows laid over it, under a new version label.

    Rows have date, kind (rest or work; 休/班), and optionally name_zh, name_en and source; rows whose source is
    `statute` are assumptions and skipped. Raises CalendarErrors with every row that is wrong.
    """
    base = base or default()
    entries, errors = _read_rows(rows)
    errors += _version_errors(version, base)
    merged, merge_errors = _merge(entries, base)
    errors = sorted(errors + merge_errors, key=lambda error: error.row)
    if errors:
        raise CalendarErrors(errors)
    return Calendar(version.strip(), merged)


def _version_errors(version: str, base: Calendar) -> list[RowError]:
    if not version.strip() or len(version.strip()) > LONGEST_NAME:
        return [
            RowError(
                0,
                Words(
                    "请给这份日历写一个60字以内的版本名。",
                    "Give this calendar a version name of up to 60 characters.",
                ),
            )
        ]
    if version.strip() == base.version:
        return [
            RowError(
                0,
                Words(
                    f"版本名“{base.version}”已经用过，请换一个。",
                    f"The version name “{base.version}” is taken; choose another.",
                ),
            )
        ]
    return []


def _read_rows(rows: Iterable[Mapping[str, str]]) -> tuple[dict[int, Entry], list[RowError]]:
    """The good entries by row number, and what is wrong with the others."""
    entries: dict[int, Entry] = {}
    errors: list[RowError] = []
    seen: dict[date, int] = {}
    for number, row in enumerate(rows, 2):
        if not any(row.values()) or row.get("source") == STATUTE:
            continue
        try:
            entry = _entry(row)
            if entry.day in seen:
                raise Unreadable(_twice(entry.day, seen[entry.day]))
        except Unreadable as error:
            errors.append(RowError(number, error.words))
            continue
        seen[entry.day] = number
        entries[number] = entry
    if not entries and not errors:
        errors.append(RowError(0, Words("文件里没有一行日期。", "The file holds no dates.")))
    return entries, errors


def _twice(day: date, row: int) -> Words:
    said = day_words(day, year=True)
    return Words(f"{said.zh}在第{row}行已经写过。", f"{said.en} stands in row {row} already.")


def _entry(row: Mapping[str, str]) -> Entry:
    day = parse_date(row.get("date") or "")
    if not default().first_year <= day.year <= LAST_YEAR:
        raise Unreadable(
            Words(
                f"{day.year}年不在2004年到{LAST_YEAR}年之间。",
                f"The year {day.year} is not between 2004 and {LAST_YEAR}.",
            )
        )
    kind = _kind(row.get("kind") or "")
    return Entry(day, kind, _names(row, kind))


def _kind(text: str) -> Kind:
    kind = _KINDS.get(text.strip().lower())
    if kind is None:
        shown = text.strip()[:20]
        raise Unreadable(
            Words(
                f"“{shown}”看不懂：放假写rest，调休上班写work。",
                f"“{shown}” is not known: write rest for a day off, work for a make-up working day.",
            )
        )
    return kind


def _names(row: Mapping[str, str], kind: Kind) -> Words:
    zh, en = (row.get("name_zh") or "").strip(), (row.get("name_en") or "").strip()
    if max(len(zh), len(en)) > LONGEST_NAME:
        raise Unreadable(Words("节日名称最多60字。", "A name has at most 60 characters."))
    plain = Words("放假", "public") if kind == "rest" else Words("调休", "make-up day")
    return Words(zh or en or plain.zh, en or _known_english(zh) or plain.en)


def _known_english(zh: str) -> str:
    """The English name that the shipped calendar has for a Chinese one."""
    return next((entry.name.en for entry in default().entries if entry.name.zh == zh), "")


def _merge(entries: dict[int, Entry], base: Calendar) -> tuple[list[Entry], list[RowError]]:
    """The base with whole years replaced and official years amended; errors for rows that fit neither.

    A weekday of an official year that is worked after all loses its entry: only weekend days are listed as worked.
    """
    by_year: dict[int, dict[int, Entry]] = defaultdict(dict)
    for number, entry in entries.items():
        by_year[entry.day.year][number] = entry
    complete = {year for year, found in by_year.items() if not _missing(year, found)}
    kept = {entry.day: entry for entry in base.entries if entry.day.year not in complete}
    errors = [_incomplete(year, found) for year, found in by_year.items() if year not in complete | base.official_years]
    for number, entry in entries.items():
        if entry.kind == "work" and (entry.day.month, entry.day.day) in CERTAIN_REST_DAYS:
            errors.append(RowError(number, _rests_anyway(entry.day)))
        elif entry.kind == "rest" or entry.day.weekday() >= 5:
            kept[entry.day] = entry
        elif kept.pop(entry.day, None) is None:
            errors.append(RowError(number, _works_anyway(entry.day)))
    return list(kept.values()), errors


def _missing(year: int, found: dict[int, Entry]) -> list[date]:
    """The days off that every published year holds and this one does not."""
    resting = {entry.day for entry in found.values() if entry.kind == "rest"}
    certain = [date(year, month, day) for month, day in CERTAIN_REST_DAYS]
    return [day for day in certain if day not in resting]


def _incomplete(year: int, found: dict[int, Entry]) -> RowError:
    missing = [day_words(day) for day in _missing(year, found)]
    return RowError(
        min(found),
        Words(
            f"{year}年的日历不全：缺{'、'.join(day.zh for day in missing)}放假。请把全年的放假和调休都写上。",
            f"The calendar of {year} is not complete: no rest day on {', '.join(day.en for day in missing)}. "
            "List all days off and make-up days of the year.",
        ),
    )


def _works_anyway(day: date) -> Words:
    said, weekday = day_words(day, year=True), weekday_words(day)
    return Words(
        f"{said.zh}是{weekday.zh}，本来就上班，请核对日期。",
        f"{said.en} is a {weekday.en}, a working day anyway; check the date.",
    )


def _rests_anyway(day: date) -> Words:
    said = day_words(day, year=True)
    return Words(f"{said.zh}是法定假日，不能写成上班。", f"{said.en} is a day off by law; it cannot be a working day.")
