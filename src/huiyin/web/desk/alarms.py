"""Alarms in words: what rang, about which matter, whose, on which rung, and what was said to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from huiyin.cases.models import Case
from huiyin.cases.supervision import queries
from huiyin.cases.supervision.models import Alarm
from huiyin.people.policy import Actor
from huiyin.procedure.alarms import RULES, article_of
from huiyin.procedure.calendars import Calendar
from huiyin.procedure.editions import edition
from huiyin.procedure.editions.supervision_2022 import SUPERVISING, WITH_THE_OFFICE
from huiyin.web.desk import words
from huiyin.web.ui.parts import Due
from huiyin.web.ui.tags.words import day_text
from huiyin.web.ui.time_parts import due_at, said

URGENCY = {"soon": "soon", "due": "today", "late": "late"}


@dataclass(frozen=True)
class AlarmRow:
    """One alarm as lists show it. `due` says what rang, and the date that is behind it."""

    alarm: Alarm
    name: str
    due: Due
    about: str
    href: str
    whose: str
    article: str
    course: str
    rung: str
    read: bool
    may_note: bool = False
    may_ask: bool = False
    may_supervise: bool = False

    @property
    def take_note(self) -> str:
        """The page on which somebody takes note of it."""
        return reverse("desk-alarm", args=[self.alarm.pk])

    @property
    def case_no(self) -> str:
        return self.alarm.case.no if self.alarm.case else ""


def rows(alarms: list[Alarm], actor: Actor, *, today: date, calendar: Calendar) -> list[AlarmRow]:
    """The alarms in the order given, as rows."""
    return [row(alarm, actor, today=today, calendar=calendar) for alarm in alarms]


def row(alarm: Alarm, actor: Actor, *, today: date, calendar: Calendar) -> AlarmRow:
    """One alarm in words, with what this person may ask for about it."""
    asks = alarm.case is not None and alarm.case.state in WITH_THE_OFFICE and alarm.responsible_id != actor.staff_id
    article = words.cited(article_of(alarm.kind, alarm.term))
    return AlarmRow(
        alarm,
        said(RULES[alarm.kind].name),
        _due(alarm, article, today, calendar),
        alarm.case.title if alarm.case else _("一份还没有登记的来件"),
        reverse("desk-case", args=[alarm.case.no]) if alarm.case else "",
        f"{alarm.office} {alarm.responsible}",
        article,
        course(alarm),
        _("第{n}级").format(n=alarm.rung + 1),
        alarm.acknowledged_by_id is not None,
        queries.may_take_note(actor, alarm),
        asks and bool(actor.roles & SUPERVISING),
        asks and bool(actor.roles & {"leader", "supervisor"}),
    )


def course(alarm: Alarm) -> str:
    """Where an alarm stands, as a sentence."""
    if alarm.ended_on:
        return _("{day}结束").format(day=day_text(alarm.ended_on))
    if alarm.acknowledged_by and alarm.promised_on:
        who, day = alarm.acknowledged_by.name, day_text(alarm.promised_on)
        return _("{who}知悉，说好{day}做到：{what}").format(who=who, day=day, what=alarm.promise)
    if alarm.holder is None:
        return _("没有人可以告诉：这一路上没有人在岗")
    if alarm.rung == 0 and alarm.holder_id == alarm.responsible_id:
        return _("{day}告诉了承办人").format(day=day_text(alarm.raised_on))
    return _("已告诉{who}，还没有人知悉").format(who=alarm.holder.name)


def _due(alarm: Alarm, article: str, today: date, calendar: Calendar) -> Due:
    if alarm.term and alarm.due_on:
        return due_at(alarm.due_on, today=today, calendar=calendar, article=article)
    rule = RULES[alarm.kind]
    return Due(said(rule.name), alarm.due_on, article, URGENCY[rule.level])  # type: ignore[arg-type]


def step_done(case: Case, action: str) -> str:
    """The act that ended an alarm, in the words of the procedure."""
    known = edition(case.edition).actions.get(action)
    return said(known.done) if known else ""
