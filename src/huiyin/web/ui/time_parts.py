"""From a computed term to what is drawn: the due words, the day ruler and the clock bar.

The rules themselves are in `huiyin.procedure.deadlines`; here they only get places and frames.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from huiyin.procedure.calendars import Calendar
from huiyin.procedure.deadlines import Deadline, done_words, due_words, urgency
from huiyin.procedure.words import Words, day_words
from huiyin.web.ui.parts import Clock, Day, Due, Mark

ONE_DAY = timedelta(days=1)
CLOSE = 13.0  # per cent: closer labels would touch


def said(words: Words | None) -> str:
    """Words in the reader's language."""
    return words.say(get_language() or "zh") if words else ""


def due_of(deadline: Deadline, *, today: date, calendar: Calendar, done_on: date | None = None) -> Due:
    """The due date of a running or finished term, as words, date and article."""
    return due_at(
        deadline.due,
        today=today,
        calendar=calendar,
        article=deadline.term.article,
        done_on=done_on,
        provisional=deadline.provisional,
    )


def due_at(
    due: date,
    *,
    today: date,
    calendar: Calendar,
    article: str = "",
    done_on: date | None = None,
    provisional: bool = False,
) -> Due:
    """The same for a stored date. A provisional date that is still far off is dashed; a near one is urgent first."""
    if done_on:
        return Due(said(done_words(due, done_on, calendar)), due, article, "done")
    state = urgency(due, today, calendar)
    words = said(due_words(due, today, calendar))
    note = _("暂定") if provisional else ""
    return Due(words, due, article, "provisional" if provisional and state == "calm" else state, note)


def no_due(words: str, article: str = "") -> Due:
    """For a matter without a statutory number of days."""
    return Due(words, None, article, "none")


def ruler(
    calendar: Calendar,
    first: date,
    last: date,
    *,
    today: date,
    counts: Mapping[date, int] | None = None,
    marks: Mapping[date, str] | None = None,
    href: str = "",
) -> list[Day]:
    """The days from `first` to `last`; `href` may hold `{day}` for the list of what is due on a day."""
    days = [_cell(calendar, day, today) for day in _days(first, last)]
    counts, marks = counts or {}, marks or {}
    return [
        replace(
            cell,
            count=counts.get(cell.on),
            mark=marks.get(cell.on, ""),  # type: ignore[arg-type]
            href=href.format(day=cell.on.isoformat()) if href and counts.get(cell.on) else "",
        )
        for cell in days
    ]


def _cell(calendar: Calendar, day: date, today: date) -> Day:
    works = calendar.is_workday(day)
    return Day(
        day,
        works,
        is_makeup=works and day.weekday() >= 5,
        is_today=day == today,
        urgency=urgency(day, today, calendar),
        name=said(calendar.name_of(day)),
    )


def _days(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=number) for number in range((last - first).days + 1))


def clock(
    deadline: Deadline,
    *,
    today: date,
    calendar: Calendar,
    received_on: date | None = None,
    done_on: date | None = None,
) -> Clock:
    """The bar from receipt (or start) to the statutory date, with some room behind it."""
    first = min(received_on or deadline.start, deadline.start)
    until = min(done_on or today, max(today, deadline.due))
    last = max(deadline.due, until)
    last += max(ONE_DAY, (last - first) // 14)
    length = (last - first).days + 1

    def at(day: date) -> float:
        return round((day - first).days * 100 / length, 2)

    state = "done" if done_on else urgency(deadline.due, today, calendar)
    left = _open_stretch(at(until), at(deadline.due)) if not done_on else None
    marks, rows = _placed(_marks(deadline, today, received_on, done_on, at))
    return Clock(
        said(_sentence(deadline)),
        marks,
        _rests(calendar, first, last, length),
        (at(deadline.start), max(0.0, min(at(until), at(deadline.due)) - at(deadline.start))),
        left,
        state,
        rows,
    )


def _open_stretch(until: float, due: float) -> tuple[float, float]:
    """What is left until the date, or what has run over it."""
    return min(until, due), abs(due - until)


def _sentence(deadline: Deadline) -> Words:
    start, due = day_words(deadline.start), day_words(deadline.due, weekday=True)
    name = deadline.term.name
    return Words(f"{name.zh}：{start.zh}起，到{due.zh}", f"{name.en}: from {start.en} to {due.en}")


def _marks(deadline: Deadline, today: date, received_on: date | None, done_on: date | None, at) -> list[Mark]:  # type: ignore[no-untyped-def]
    def day(on: date) -> str:
        return said(day_words(on))

    marks = [Mark(at(deadline.start), _("起算 {day}").format(day=day(deadline.start)), "start")]
    if received_on and received_on < deadline.start:
        marks.insert(0, Mark(at(received_on), _("收到 {day}").format(day=day(received_on)), "received"))
    if not done_on and today >= deadline.start:
        number = (today - deadline.start).days
        marks.append(Mark(at(today), _("今天，第{number}天").format(number=number), "today"))
    if deadline.internal_due != deadline.due:
        marks.append(Mark(at(deadline.internal_due), "", "internal"))
    return [*marks, Mark(at(deadline.due), _("法定 {day}").format(day=day(deadline.due)), "due")]


def _placed(marks: list[Mark]) -> tuple[list[Mark], int]:
    """Labels in as many rows as they need so that none touches its neighbour."""
    ends: list[float] = []
    placed = []
    for mark in sorted(marks, key=lambda item: item.at):
        if not mark.words:
            placed.append(mark)
            continue
        anchor = "start" if mark.at < 8 else "end" if mark.at > 90 else "middle"
        begins = mark.at - {"start": 0, "middle": CLOSE / 2, "end": CLOSE}[anchor]
        row = next((number for number, end in enumerate(ends) if begins >= end), len(ends))
        ends[row : row + 1] = [begins + CLOSE]
        placed.append(replace(mark, row=row, anchor=anchor))  # type: ignore[arg-type]
    return placed, max(1, len(ends))


def _rests(calendar: Calendar, first: date, last: date, length: int) -> list[tuple[float, float]]:
    """Stretches of rest days as (left, width)."""
    stretches: list[tuple[float, float]] = []
    width = 100 / length
    for number, day in enumerate(_days(first, last)):
        if calendar.is_workday(day):
            continue
        left = number * width
        if stretches and abs(sum(stretches[-1]) - left) < width / 2:
            stretches[-1] = (stretches[-1][0], stretches[-1][1] + width)
        else:
            stretches.append((left, width))
    return [(round(left, 2), round(wide, 2)) for left, wide in stretches]
