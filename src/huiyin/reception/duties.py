"""Who is on duty, and when nobody is: read from the rota over the calendar of working days (调休 included).

Somebody who left, or moved to another unit, is not on duty: their half days are gaps like any other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from huiyin.kernel.db.written import written_once
from huiyin.orgs import queries as orgs
from huiyin.people import queries as people
from huiyin.people.models import Staff
from huiyin.people.policy import Actor
from huiyin.procedure.calendars import Calendar
from huiyin.procedure.words import Words, day_words
from huiyin.reception.models import Duty, Half
from huiyin.reception.policy import unit_id

ON_DUTY = ("clerk", "head")  # roles of whoever may stand in the rota
AHEAD = 10  # working days that are looked at on the start page
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Gap:
    """A working day without anybody on duty; `half` is empty where it is the whole day."""

    day: date
    half: str = ""

    @property
    def words(self) -> Words:
        """11月27日没有人值班; 11月27日下午没有人值班."""
        day, part = day_words(self.day), Words(*_PARTS[self.half])
        return Words(f"{day.zh}{part.zh}没有人值班", f"Nobody is on duty on {day.en}{part.en}")


_PARTS = {"": ("", ""), "am": ("上午", ", morning"), "pm": ("下午", ", afternoon")}


@dataclass(frozen=True)
class DutyDay:
    """One day of the rota: who is there in each half, who stood there and left, and what is missing."""

    day: date
    works: bool
    name: Words | None
    official: bool
    morning: tuple[Staff, ...] = ()
    afternoon: tuple[Staff, ...] = ()
    gone: tuple[str, ...] = ()

    @property
    def gaps(self) -> list[Gap]:
        if not self.works or (self.morning and self.afternoon):
            return []
        return [Gap(self.day, "" if not (self.morning or self.afternoon) else "pm" if self.morning else "am")]


def days(by: Actor, *, first: date, last: date, calendar: Calendar) -> list[DutyDay]:
    """Every day from `first` to `last` with its duties. One query."""
    standing: dict[tuple[date, str], list[Staff]] = {}
    gone: dict[date, list[str]] = {}
    for duty in _between(unit_id(by), first, last):
        if _still_here(duty.staff, by):
            standing.setdefault((duty.day, duty.half), []).append(duty.staff)
        elif duty.staff.name not in gone.setdefault(duty.day, []):
            gone[duty.day].append(duty.staff.name)
    return [
        DutyDay(
            day, calendar.is_workday(day), calendar.name_of(day), calendar.is_official(day),
            tuple(standing.get((day, Half.MORNING), ())), tuple(standing.get((day, Half.AFTERNOON), ())), tuple(gone.get(day, ())),
        )
        for day in _each(first, last)
    ]  # fmt: skip


def gaps_ahead(by: Actor, *, today: date, calendar: Calendar, count: int = AHEAD) -> list[Gap]:
    """The gaps of the next `count` working days, today's included if it is one. One query."""
    last = calendar.add_workdays(today - ONE_DAY, count)
    return gaps(days(by, first=today, last=last, calendar=calendar))


def gaps(rota: Iterable[DutyDay]) -> list[Gap]:
    """All gaps of some days, in order."""
    return [gap for each in rota for gap in each.gaps]


def candidates(by: Actor) -> list[Staff]:
    """Who may be put on duty in the actor's unit: those of its reception and its heads, in the order of the tree."""
    found = people.staff_in(orgs.unit_ids(by.unit_path)).filter(role_rows__role__in=ON_DUTY).distinct()
    return list(found)


@written_once
def _between(unit: int, first: date, last: date) -> QuerySet[Duty]:
    return Duty.objects.filter(unit_id=unit, day__range=(first, last)).select_related("staff__office__parent__parent")


def _still_here(staff: Staff, by: Actor) -> bool:
    return staff.is_active and orgs.unit_of(staff.office).path == by.unit_path


def _each(first: date, last: date) -> Iterator[date]:
    day = first
    while day <= last:
        yield day
        day += ONE_DAY
