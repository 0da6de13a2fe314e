"""The calendar that comes with the program, read from days.csv (made by scripts/calendar_data.py)."""

from __future__ import annotations

import csv
from datetime import date
from functools import cache
from importlib.resources import files
from typing import get_args

from huiyin.procedure.calendars.calendar import Calendar, Entry, Kind
from huiyin.procedure.words import Words

DEFAULT_VERSION = "2026-1"
NOTICE = "notice"
STATUTE = "statute"
COLUMNS = ("date", "kind", "name_zh", "name_en", "source")


@cache
def default() -> Calendar:
    """Official for 2004–2026; 2027–2032 hold only the festivals that the law fixes and are provisional."""
    text = files(__package__).joinpath("days.csv").read_text(encoding="utf-8")
    return Calendar(DEFAULT_VERSION, map(_entry, csv.DictReader(text.splitlines())))


def _entry(row: dict[str, str]) -> Entry:
    kinds: dict[str, Kind] = {kind: kind for kind in get_args(Kind)}
    names = Words(row["name_zh"], row["name_en"])
    return Entry(date.fromisoformat(row["date"]), kinds[row["kind"]], names, row["source"] == NOTICE)


def rows_of(calendar: Calendar) -> list[dict[str, str]]:
    """Every listed day as a row of texts, for a table or a file that can be edited and imported again."""
    return [
        {
            "date": entry.day.isoformat(),
            "kind": entry.kind,
            "name_zh": entry.name.zh,
            "name_en": entry.name.en,
            "source": NOTICE if entry.official else STATUTE,
        }
        for entry in calendar.entries
    ]
