"""The auditor's own calendar: which days are worked, by each calendar that was ever in force, and dates counted day by day.

Reads the shipped table of days and the imported rows itself; shares no code with `procedure.calendars` or `procedure.deadlines`.
"""

from __future__ import annotations

import csv
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

from huiyin.orgs.models import CalendarEdition

SHIPPED = "2026-1"
A_DAY = timedelta(days=1)


class Days:
    """The days of one calendar. `listed` says rest or work of the days that are named; all others follow their weekday."""

    def __init__(self, listed: dict[str, str]) -> None:
        self._listed = {date.fromisoformat(day): kind == "work" for day, kind in listed.items()}
        self.nth_after = cache(self._nth_after)
        self.nth_before = cache(self._nth_before)

    def worked(self, day: date) -> bool:
        return self._listed.get(day, day.isoweekday() <= 5)

    def from_on(self, day: date) -> date:
        """The first worked day that is not before it."""
        while not self.worked(day):
            day += A_DAY
        return day

    def until(self, day: date) -> date:
        """The last worked day that is not after it."""
        while not self.worked(day):
            day -= A_DAY
        return day

    def _nth_after(self, day: date, number: int) -> date:
        """The day on which so many worked days have passed, that day not counted."""
        while number:
            day += A_DAY
            number -= self.worked(day)
        return day

    def _nth_before(self, day: date, number: int) -> date:
        while number:
            day -= A_DAY
            number -= self.worked(day)
        return day


class Calendars:
    """All of them: by the name that a date was computed with, and by the import that was the last."""

    def __init__(self) -> None:
        listed = _shipped()
        self.by_name, self.by_import = {SHIPPED: Days(listed)}, {0: Days(listed)}
        for edition in CalendarEdition.objects.order_by("pk"):
            years = {row["date"][:4] for row in edition.rows}
            listed = {day: kind for day, kind in listed.items() if day[:4] not in years}
            listed |= {row["date"]: row["kind"] for row in edition.rows}
            days = Days(listed)
            self.by_name[f"{SHIPPED}+{edition.version}"] = self.by_import[edition.pk] = days


def _shipped() -> dict[str, str]:
    text = files("huiyin.procedure.calendars").joinpath("days.csv").read_text(encoding="utf-8")
    return {row["date"]: row["kind"] for row in csv.DictReader(text.splitlines())}
