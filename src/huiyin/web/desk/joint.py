"""协办: the tasks of a case as the desk shows them – on its page, in the form that answers one, in the day of whoever waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from huiyin.cases import tasks
from huiyin.cases.models import Case, CaseTask
from huiyin.people.policy import Actor
from huiyin.procedure.calendars import Calendar
from huiyin.web.desk import words
from huiyin.web.desk.day_groups import Group, Row
from huiyin.web.desk.recorded import short
from huiyin.web.ui.tags.words import day_text
from huiyin.web.ui.time_parts import due_at

BRIEF = 40


@dataclass(frozen=True)
class Line:
    """A task in words: who was asked for what, how far it is, since when; `late` where its day has passed."""

    task: CaseTask
    whom: str
    state: str
    late: bool
    given: str


def all_lines(case: Case, *, today: date) -> list[Line]:
    """Every task of a case, the open ones first."""
    ordered = sorted(case.tasks.all(), key=lambda task: (task.state != CaseTask.State.OPEN, task.number))
    return [_line(task, today) for task in ordered]


def lines(case: Case, *, today: date) -> list[Line]:
    """The tasks of a case that are still open."""
    return [line for line in all_lines(case, today=today) if line.task.state == CaseTask.State.OPEN]


def choices(case: Case, actor: Actor, *, own: bool) -> list[tuple[str, str]]:
    """The open tasks to choose from; `own` keeps those that wait for this actor or their office."""
    found = [task for task in case.tasks.all() if task.state == CaseTask.State.OPEN]
    mine = [task for task in found if not own or actor.staff_id == task.person_id or actor.office_id == task.office_id]
    return [(str(task.number), f"{task.number} · {_whom(task)} · {short(task.text)[:BRIEF]}") for task in mine]


def day(actor: Actor, *, today: date, calendar: Calendar) -> list[Group]:
    """What somebody has to answer, and which tasks of their own matters are late, as groups of their day."""
    waiting, late = tasks.of_day(actor, today=today)
    mine = [_row(task, _("回复协办"), today, calendar, mine=True) for task in waiting]
    others = [_row(task, _("等{whom}回复").format(whom=_whom(task)), today, calendar, mine=False) for task in late]
    groups = ((_("请我协办的"), mine), (_("协办晚了没回复的"), others))
    return [Group(title, _count(rows), rows) for title, rows in groups if rows]


def _count(rows: list[Row]) -> str:
    return ngettext("{n}项", "{n}项", len(rows)).format(n=len(rows))


def _row(task: CaseTask, todo: str, today: date, calendar: Calendar, *, mine: bool) -> Row:
    case = task.case
    return Row(
        case, todo, mine, words.petitioner(case), due_at(task.due_on, today=today, calendar=calendar, article="")
    )


def _line(task: CaseTask, today: date) -> Line:
    is_open = task.state == CaseTask.State.OPEN
    late = is_open and task.due_on < today
    until = _("{day}前回复").format(day=day_text(task.due_on, "week"))
    state = (_("晚了") + " · " + until if late else until) if is_open else str(task.get_state_display())
    by = task.asked_by.name if task.asked_by else ""
    return Line(
        task, _whom(task), state, late, " · ".join(part for part in (day_text(task.asked_on), by, task.origin) if part)
    )


def _whom(task: CaseTask) -> str:
    return f"{task.office.name} {task.person.name}"
