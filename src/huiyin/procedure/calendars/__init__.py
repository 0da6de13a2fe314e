"""Which days are working days, as data: official years, provisional years, and calendars that an office imports."""

from __future__ import annotations

from huiyin.procedure.calendars.calendar import Calendar, Entry
from huiyin.procedure.calendars.importing import CalendarErrors, RowError, from_rows
from huiyin.procedure.calendars.stored import default, rows_of
from huiyin.procedure.calendars.tables import Unreadable, parse_date, read_csv

__all__ = [
    "Calendar",
    "CalendarErrors",
    "Entry",
    "RowError",
    "Unreadable",
    "default",
    "from_rows",
    "parse_date",
    "read_csv",
    "rows_of",
]
