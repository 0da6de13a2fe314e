"""A calendar of working days: Monday to Friday, except rest days and make-up working days (调休上班) listed by name.

A year is official when its days come from a published yearly notice; every other day is an assumption,
and whatever is computed with it is provisional (暂定). Days outside the listed years count as plain weekdays.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from huiyin.procedure.words import Words

Kind = Literal["rest", "work"]
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Entry:
    """One listed day: a rest day of a festival, or a weekend day that is worked. `official`: from a notice."""

    day: date
    kind: Kind
    name: Words
    official: bool = True


class Calendar:
    """Answers for single days and counts working days; never changes after it is made.

    `version` names the data and is kept with every computed date. `official_years` and the range
    `first_year`–`last_year` (years with listed days) come from the entries. One entry a day; a later one wins.
    """

    def __init__(self, version: str, entries: Iterable[Entry]) -> None:
        self.version = version
        self._by_day = {entry.day: entry for entry in entries}
        if not self._by_day:
            raise ValueError("a calendar needs at least one listed day")
        years = {day.year for day in self._by_day}
        self.first_year, self.last_year = min(years), max(years)
        self.official_years = frozenset(e.day.year for e in self._by_day.values() if e.official)
        self._rest_weekdays = self._ordinals("rest", weekend=False)
        self._work_weekends = self._ordinals("work", weekend=True)

    def __repr__(self) -> str:
        return f"<Calendar {self.version} {self.first_year}-{self.last_year}>"

    def _ordinals(self, kind: Kind, *, weekend: bool) -> list[int]:
        """Sorted ordinals of the listed days that differ from their weekday."""
        return sorted(
            day.toordinal()
            for day, entry in self._by_day.items()
            if entry.kind == kind and (day.weekday() >= 5) == weekend
        )

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All listed days in order."""
        return tuple(self._by_day[day] for day in sorted(self._by_day))

    def is_workday(self, day: date) -> bool:
        """Whether offices work on that day."""
        entry = self._by_day.get(day)
        return entry.kind == "work" if entry else day.weekday() < 5

    def is_official(self, day: date) -> bool:
        """Whether the year of that day rests on a published notice. False means provisional."""
        return day.year in self.official_years

    def name_of(self, day: date) -> Words | None:
        """The festival that a listed day belongs to (春节, 春节调休); None for ordinary days."""
        entry = self._by_day.get(day)
        return entry.name if entry else None

    def next_workday(self, day: date) -> date:
        """The first working day on or after that day."""
        while not self.is_workday(day):
            day += ONE_DAY
        return day

    def previous_workday(self, day: date) -> date:
        """The last working day on or before that day."""
        while not self.is_workday(day):
            day -= ONE_DAY
        return day

    def add_workdays(self, start: date, count: int) -> date:
        """The `count`-th working day after `start` (count ≥ 1); `start` itself is not counted."""
        day = start
        for _ in range(count):
            day = self.next_workday(day + ONE_DAY)
        return day

    def workdays_between(self, a: date, b: date) -> int:
        """Working days after `a` up to and including `b`; negative when `b` is before `a`."""
        return self._workdays_through(b) - self._workdays_through(a)

    def _workdays_through(self, day: date) -> int:
        """Working days from 0001-01-01, a Monday, up to and including `day`."""
        ordinal = day.toordinal()
        weeks, rest = divmod(ordinal, 7)
        weekdays = weeks * 5 + min(rest, 5)
        resting = bisect_right(self._rest_weekdays, ordinal)
        return weekdays - resting + bisect_right(self._work_weekends, ordinal)
