"""How a day's work is grouped: what others wait for, late, still, today, before and after a near holiday
(else this week), later."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from huiyin.cases.models import Case
from huiyin.people.policy import Actor
from huiyin.procedure.calendars import Calendar
from huiyin.procedure.editions.guards_2022 import WINDOWS
from huiyin.procedure.words import weekday_words
from huiyin.web.desk import words
from huiyin.web.ui.parts import Due
from huiyin.web.ui.tags.words import day_text
from huiyin.web.ui.time_parts import said

KEYS = 9
NEAR_WORKDAYS = 4
LONG_REST = 3
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Row:
    """A line of the day: the case, what to do (`mine`: this role does it), who brought it, until when, its key (1–9 or "")."""

    case: Case
    todo: str
    mine: bool
    petitioner: str
    due: Due
    key: str = ""


@dataclass(frozen=True)
class Group:
    """Lines under one heading."""

    title: str
    note: str
    rows: list[Row]


@dataclass(frozen=True)
class Holiday:
    """A named rest of three days or more that begins soon: the working days left before it, and the first one after."""

    name: str
    left: tuple[date, ...]
    after: date


def near_holiday(calendar: Calendar, today: date) -> Holiday | None:
    """The holiday that begins within four working days; None if there is none."""
    left: list[date] = []
    day = today
    while len(left) <= NEAR_WORKDAYS and not _long_rest(calendar, day):
        if calendar.is_workday(day):
            left.append(day)
        day += ONE_DAY
    name = calendar.name_of(day)
    if not left or len(left) > NEAR_WORKDAYS or name is None:
        return None
    return Holiday(said(name), tuple(left), calendar.next_workday(day))


def _long_rest(calendar: Calendar, day: date) -> bool:
    return calendar.name_of(day) is not None and all(
        not calendar.is_workday(day + ONE_DAY * n) for n in range(LONG_REST)
    )


def ahead(holiday: Holiday | None, today: date) -> str:
    """春节前还有今天、13日、14日（周六上班）."""
    if holiday is None:
        return ""
    return _("{holiday}前还有{days}").format(holiday=holiday.name, days=_listed(holiday.left, today))


def _listed(days: Iterable[date], today: date) -> str:
    return _("、").join(_short(day, today) for day in days)


def _short(day: date, today: date) -> str:
    if day == today:
        return _("今天")
    plain = day_text(day, "day" if day.month == today.month else "")
    if day.weekday() < 5:
        return plain
    return _("{day}（{weekday}上班）").format(day=plain, weekday=said(weekday_words(day)))


def groups(
    mine: list[Case], decide: list[Case], actor: Actor, *, today: date, calendar: Calendar, asked: Iterable[Group] = ()
) -> list[Group]:
    """等我决定的 and what others asked first, because they wait for it; then one's own by date. The first nine lines get the
    keys 1–9."""
    made = list(_made(mine, decide, asked, actor, today, calendar))
    keys = iter(str(number) for number in range(1, KEYS + 1))
    return [replace(group, rows=[replace(row, key=next(keys, "")) for row in group.rows]) for group in made]


def _made(
    mine: list[Case], decide: list[Case], asked: Iterable[Group], actor: Actor, today: date, calendar: Calendar
) -> Iterator[Group]:
    if decide:
        yield Group(_("等我决定的"), _count(decide), _rows(decide, actor, today, calendar, deciding=True))
    yield from asked
    holiday = near_holiday(calendar, today)
    found: dict[str, list[Case]] = {}
    for case in mine:
        found.setdefault(_when(case, today, holiday), []).append(case)
    for name, title in _titles(today, holiday).items():
        if cases := found.get(name):
            yield Group(title, _note(cases, today), _rows(cases, actor, today, calendar))


def _titles(today: date, holiday: Holiday | None) -> dict[str, str]:
    titles = {"late": _("已超期"), "still": _("停着没有动"), "today": _("今天 {day}").format(day=day_text(today))}
    if holiday is None:
        titles["soon"] = _("本周，到{day}").format(day=day_text(_week_ends(today), "week"))
    else:
        left = _listed((day for day in holiday.left if day != today), today)
        titles["soon"] = _("{holiday}前 {days}").format(holiday=holiday.name, days=left)
        titles["after"] = _("节后第一天 {day}").format(day=day_text(holiday.after))
    return titles | {"later": _("再往后"), "waiting": _("复查期里，等着")}


def _when(case: Case, today: date, holiday: Holiday | None) -> str:
    due = case.due_on or today
    if case.due_term in WINDOWS:
        return "waiting"
    if due < today:
        return "late" if case.due_term else "still"  # without a statutory term nothing is late
    if (words.internal_of(case) or due) <= today:
        return "today"
    if holiday and due == holiday.after:
        return "after"
    return "soon" if due <= (holiday.left[-1] if holiday else _week_ends(today)) else "later"


def _week_ends(today: date) -> date:
    return today + timedelta(days=6 - today.weekday())


def _note(cases: list[Case], today: date) -> str:
    """How many, and by which day they should be done where a holiday lies before the statutory date."""
    early = [day for case in cases if (day := words.internal_of(case)) and case.due_on and today < day < case.due_on]
    if not early:
        return _count(cases)
    until = day_text(min(early), "week")
    if len(early) == len(cases):
        return _("{count}，假期不能办，宜在{day}前办完").format(count=_count(cases), day=until)
    return _("{count}，其中{n}件宜在{day}前办完").format(count=_count(cases), n=len(early), day=until)


def _count(cases: list[Case]) -> str:
    return ngettext("{n}件", "{n}件", len(cases)).format(n=len(cases))


def _rows(cases: list[Case], actor: Actor, today: date, calendar: Calendar, *, deciding: bool = False) -> list[Row]:
    return [
        Row(
            case,
            *words.to_do(case, actor, deciding=deciding),
            words.petitioner(case),
            words.due(case, today=today, calendar=calendar),
        )
        for case in cases
    ]
