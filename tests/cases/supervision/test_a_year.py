"""A year of an office in virtual time: matters come, are acted on, handed over and urged, people leave and are away, sweeps are
missed and everything is killed between two statements now and then. An auditor that knows only the events finds nothing wrong."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

import chinese_calendar
import pytest
from django.db import connection

from huiyin.cases.models import Case
from huiyin.cases.supervision import services
from huiyin.cases.supervision.models import Alarm
from huiyin.cases.sweep import sweep
from huiyin.cases.verification import verify
from huiyin.kernel.clock import ZONE
from huiyin.kernel.errors import Refused
from huiyin.people import absences
from huiyin.people import services as people
from huiyin.people.models import Staff
from tests.cases.supervision.auditor import Auditor
from tests.world import World

FIRST, DAYS, CASES = date(2025, 1, 2), 363, 50
SUPERIORS = ("head", "other_head", "counter_head", "sister_leader", "supervisor")
ACTORS = ("leader", "clerk", "handler", "other_handler", "head", "other_head", "supervisor", "sister_clerk")
OPEN_WORDS = {"words": "问过进度。"}


class Killed(BaseException):
    """The process ends here."""


@contextmanager
def killed_after(statements: int) -> Iterator[None]:
    """Ends whatever runs inside before its so-manyth statement, as a power cut would: nothing of it is caught."""
    left = statements

    def count(execute: Callable[..., Any], *call: Any) -> Any:
        nonlocal left
        left -= 1
        if left == 0:
            raise Killed
        return execute(*call)

    try:
        with connection.execute_wrapper(count):
            yield
    except Killed:
        pass


class Year:
    """The office's days, by chance from a seed."""

    def __init__(self, world: World, seed: int) -> None:
        self.world, self.chance, self.auditor = world, random.Random(seed), Auditor()
        self.down_until = FIRST
        self.crashes = self.acts = 0

    def run(self) -> None:
        for number in range(DAYS):
            day = FIRST + timedelta(days=number)
            now = datetime.combine(day, datetime.min.time(), ZONE) + timedelta(hours=9)
            if not chinese_calendar.is_workday(day) and self.chance.random() < 0.7:
                continue
            if Case.objects.count() < CASES and self.chance.random() < 0.3:
                self.world.register(now=now)
            self._staff(day, now)
            for case in Case.objects.filter(is_open=True).select_related("office"):
                if self.chance.random() < 0.03:
                    self._act(case, now + timedelta(minutes=1))
            self._sweep(day, now + timedelta(hours=9))

    def _sweep(self, day: date, now: datetime) -> None:
        if self.chance.random() < 0.02:
            self.down_until = day + timedelta(days=self.chance.randint(1, 8))
        if day < self.down_until or self.chance.random() < 0.3:
            return
        if self.chance.random() < 0.15:
            self.crashes += 1
            with killed_after(self.chance.randint(1, 60)):
                sweep(now=now)
        assert sweep(now=now).failed == []
        self.auditor.look(now)
        for alarm in Alarm.objects.filter(ended_on=None, acknowledged_by=None).select_related(
            "office", "holder", "case"
        ):
            if alarm.holder and self.chance.random() < 0.15:
                self._note(alarm, alarm.holder, now + timedelta(minutes=5))

    def _note(self, alarm: Alarm, holder: Staff, now: datetime) -> None:
        by = people.actor_for(Staff.objects.get(pk=holder.pk))
        assert by is not None
        on = now.date() + timedelta(days=self.chance.randint(0, 9))
        services.acknowledge(alarm, by=by, now=now, promise="在办。", promised_on=on)

    def _staff(self, day: date, now: datetime) -> None:
        one = self.world.staff[self.chance.choice(SUPERIORS)]
        one.refresh_from_db()
        try:
            if not one.is_active:
                people.reactivate_staff(staff=one)
            elif self.chance.random() < 0.1:
                people.deactivate_staff(staff=one, now=now)
        except Refused:
            return
        if self.chance.random() < 0.12:
            who = self.world.staff[
                self.chance.choice(("handler", "other_handler", "clerk", "head", "supervisor", "leader"))
            ]
            if by := people.actor_for(Staff.objects.get(pk=who.pk)):
                last = day + timedelta(days=self.chance.randint(0, 10))
                absences.enter(by=by, staff_id=who.pk, from_on=day, to_on=last, deputy_id=None, today=day)

    def _act(self, case: Case, now: datetime) -> None:
        action, facts = self._something(case, now)
        self.acts += 1
        crash = self.chance.random() < 0.1
        for name in self.chance.sample(ACTORS, 2):
            if not Staff.objects.get(pk=self.world.staff[name].pk).is_active:
                continue
            try:
                if crash:
                    with killed_after(self.chance.randint(1, 40)):
                        self.world.perform(case, action, name, now=now, **facts)
                else:
                    self.world.perform(case, action, name, now=now, **facts)
                return
            except Refused:
                continue

    def _something(self, case: Case, now: datetime) -> tuple[str, dict[str, Any]]:
        """The next step of the usual way, or something beside it."""
        kind = self.chance.random()
        if kind < 0.2:
            person = self.world.staff[self.chance.choice(("handler", "other_handler", "sister_clerk", "clerk"))]
            return "hand_over", {"office": person.office_id, "staff": person.pk, "reason": "换人办。"}
        if kind < 0.4:
            return self.chance.choice((("note", OPEN_WORDS), ("urge", OPEN_WORDS), ("order_again", {"ground": "facts", "reason": "再查。"}),
                                       ("return", {"reason": "改。"})))  # fmt: skip
        way = [step for step in self.world.path(now) if step[1] not in {"evaluate", "archive"}]
        at = next((place for place, step in enumerate(way) if step[0] == case.state), -1)
        chosen = self.chance.choice(way[max(0, at) : at + 4] or way)
        return chosen[1], chosen[3]


@pytest.mark.parametrize("seed", [3])
def test_in_a_year_of_trouble_no_alarm_is_missed_doubled_or_left_lying(world: World, seed: int) -> None:
    year = Year(world, seed)
    year.run()
    found = year.auditor
    assert (found.missed, found.doubled, found.idle_rings, found.alone, found.stuck) == ([], [], [], [], [])
    assert len(found.overdue) >= 20 and year.crashes >= 15 and year.acts >= 150
    assert list(verify()) == []
