"""An auditor of alarms that shares nothing with the product's sweep: it reads the events and the open alarms, counts working days
with another package, and names what was missed, doubled, rung for nothing, left with nobody or left where it was."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import chinese_calendar

from huiyin.cases.models import CaseEvent
from huiyin.cases.supervision.models import Alarm
from huiyin.kernel.clock import ZONE
from huiyin.people.models import Absence, Staff

OFFICE = {"notice", "handle", "extend", "reply", "deliver"}
SUPERVISED = {"urge", "ask_explanation", "supervise", "recompute"}
OPEN = {"registered", "accepted", "handling", "drafted", "approved", "issued", "delivered"}
CLIMBS = {
    "notice_soon": 2, "notice_due": 1, "notice_late": 1, "soon": 2, "due": 1, "late": 1, "idle": 2, "urged": 1, "returned": 3,
    "explanation": 1, "feedback": 2, "refused": 5, "unregistered": 1,
}  # fmt: skip
TELLING = {"rang", "climbed", "again", "broken"}
ONE = timedelta(days=1)


def later(day: date, workdays: int) -> date:
    """The day that so many working days after `day` is."""
    while workdays:
        day += ONE
        workdays -= chinese_calendar.is_workday(day)
    return day


def earlier(day: date, workdays: int) -> date:
    while workdays:
        day -= ONE
        workdays -= chinese_calendar.is_workday(day)
    return day


@dataclass
class Matter:
    """What the events say of a case."""

    state: str = ""
    acted_on: date = date.min
    clocks: dict[str, dict[str, Any]] = field(default_factory=dict)

    def follow(self, event: CaseEvent) -> None:
        self.state = event.effects["state"]
        if event.action not in SUPERVISED:
            self.acted_on = event.at.astimezone(ZONE).date()
        for change in event.effects.get("clocks", ()):
            if change["op"] == "stop":
                self.clocks.pop(change["term"], None)
            else:
                self.clocks[change["term"]] = change

    def rings(self, today: date) -> set[str]:
        found = {self._term(term, clock, today) for term, clock in self.clocks.items() if term in OFFICE} - {""}
        if self.state in OPEN and not self.clocks and today >= later(self.acted_on, 5):
            found.add("idle")
        return found

    @staticmethod
    def _term(term: str, clock: dict[str, Any], today: date) -> str:
        due, raw = date.fromisoformat(clock["due"]), date.fromisoformat(clock["raw"])
        by = raw if chinese_calendar.is_workday(raw) else earlier(raw, 1)
        begins = max(earlier(by, 3), date.fromisoformat(clock["start"]))
        level = "late" if today > due else "due" if today >= by else "soon" if today >= begins else ""
        return f"{term}:{level}" if level else ""


@dataclass
class Auditor:
    """What was found so far; all lists are empty when nothing is wrong."""

    missed: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    idle_rings: list[str] = field(default_factory=list)
    alone: list[str] = field(default_factory=list)
    stuck: list[str] = field(default_factory=list)
    overdue: set[str] = field(default_factory=set)
    matters: dict[int, Matter] = field(default_factory=dict)
    read_to: int = 0

    def look(self, now: datetime) -> None:
        """To be called when a sweep has ended."""
        today = now.astimezone(ZONE).date()
        self._read()
        alarms = list(Alarm.objects.filter(ended_on=None).prefetch_related("entries"))
        rung: dict[int, Counter[str]] = {}
        for alarm in alarms:
            rung.setdefault(alarm.case_id or 0, Counter())[self._said(alarm)] += 1
        for pk, matter in self.matters.items():
            self._compare(f"{today} {pk}", matter.rings(today), rung.get(pk, Counter()))
        self._people(alarms, today)

    def _read(self) -> None:
        """The events since the last look; they only grow."""
        for event in CaseEvent.objects.filter(pk__gt=self.read_to).order_by("pk"):
            self.matters.setdefault(event.case_id, Matter()).follow(event)
            self.read_to = event.pk

    @staticmethod
    def _said(alarm: Alarm) -> str:
        return f"{alarm.term}:{alarm.kind.removeprefix('notice_')}" if alarm.term else alarm.kind

    def _compare(self, where: str, wanted: set[str], rung: Counter[str]) -> None:
        self.overdue |= {f"{where.split()[1]} {each}" for each in wanted if each.endswith(":late")}
        self.missed += [f"{where} {each}" for each in wanted if not rung[each]]
        self.doubled += [f"{where} {each}" for each, number in rung.items() if number > 1]
        self.idle_rings += [
            f"{where} {each}" for each in rung if (":" in each or each == "idle") and each not in wanted
        ]

    def _people(self, alarms: list[Alarm], today: date) -> None:
        there = set(Staff.objects.filter(is_active=True).values_list("pk", flat=True))
        there -= set(Absence.objects.filter(from_on__lte=today, to_on__gte=today).values_list("staff_id", flat=True))
        for alarm in alarms:
            if alarm.holder_id not in there:
                self.alone.append(f"{today} {alarm.pk} {alarm.kind}")
            if self._wait_ends(alarm) <= today:
                self.stuck.append(f"{today} {alarm.pk} {alarm.kind}")

    def _wait_ends(self, alarm: Alarm) -> date:
        """The day on which somebody else must have been told, from the record alone."""
        until = date.min
        for entry in alarm.entries.all():
            day = entry.at.astimezone(ZONE).date()
            if entry.what in TELLING:
                until = later(day, CLIMBS[alarm.kind])
            elif entry.what == "acknowledged" and entry.on:
                until = entry.on + ONE
            elif entry.what == "followed" and alarm.acknowledged_by_id is None:
                until = min(until, later(day, CLIMBS[alarm.kind])) if until > date.min else until
        return until
