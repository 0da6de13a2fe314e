"""The days of the simulation, one after the other: upheavals at dawn, the sweep, what comes in, people at work, faults among them.

Everything follows from the seed; where threads or processes run against each other, only what can't depend on who wins is done.
"""

from __future__ import annotations

import heapq
import logging
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from datetime import time as moment
from functools import partial

from django.db import OperationalError
from django.db.models import Model

from huiyin.cases.models import Alarm, AlarmEntry, Case, CaseEvent
from huiyin.cases.supervision.asked import ANSWERS
from huiyin.cases.sweep import sweep
from huiyin.kernel.clock import ZONE
from huiyin.kernel.db import statistics
from huiyin.orgs.models import CalendarEdition
from huiyin.procedure.editions.guards_tasks_2022 import open_tasks
from huiyin.simulation import faults, house
from huiyin.simulation.clerks import Office, together
from huiyin.simulation.diary import Diary, Round
from huiyin.simulation.filling import Filler
from huiyin.simulation.matters import Arrival, Post, spread
from huiyin.simulation.steps import Chooser
from huiyin.simulation.upheavals import Upheavals

FIRST_DAY = date(2026, 1, 5)
DAWN, MORNING, OPEN, NOON = moment(5), moment(6), moment(14), moment(12)
BY_DOOR, SETTLED_AT_ONCE, LEFT_LYING, CONTENT = 0.02, 0.9, 0.05, 0.85
TAKEN_UP_AGAIN = 0.03  # of the settled ones, and of those again
NEVER_ENDING = 8  # sweeps one after the other that all leave something behind
Progress = Callable[[int], None]


@dataclass(frozen=True)
class Plan:
    """What is to be simulated. `kills` are sweeps in another process that is killed with -9; `most_days` ends it early."""

    cases: int
    seed: int
    years: int = 3
    kills: int = 5
    most_days: int | None = None

    @property
    def days(self) -> list[date]:
        last = FIRST_DAY.replace(year=FIRST_DAY.year + self.years)
        return [FIRST_DAY + timedelta(days=number) for number in range(self.most_days or (last - FIRST_DAY).days)]


class Simulation:
    """One run in an empty database. `run` it once; `diary` then holds what was done."""

    def __init__(self, plan: Plan) -> None:
        self.plan, self.diary = plan, Diary()
        self.chance = random.Random(plan.seed)
        house.build(now=_at(FIRST_DAY, moment(4)))
        self.roster = house.Roster()
        self.office = Office(self.roster, self._chooser(), self.diary, self.chance)
        self.upheavals = Upheavals(self.office, self.diary, self.chance, self._renew)
        self.post = Post(self.chance)
        self._visits: list[tuple[date, int]] = []
        self._off_until = FIRST_DAY
        self._written = 0
        self._kills = set(self.chance.sample(plan.days[30:], min(plan.kills, len(plan.days) - 30)))

    def run(self, *, progress: Progress) -> Diary:
        """All days; `progress` hears how many matters came on each."""
        logging.getLogger("huiyin.cases.sweep").setLevel(logging.CRITICAL)  # simulated failures are no news
        comes = spread(self.plan.cases, self.plan.days, self.roster.house.calendar, self.chance)
        for day in self.plan.days:
            self._day(day, comes[day])
            progress(comes[day])
        self.swept(_at(self.plan.days[-1] + timedelta(days=1), MORNING))
        return self.diary

    def _chooser(self) -> Chooser:
        return Chooser(Filler(self.roster, self.chance), self.chance)

    def _renew(self) -> None:
        self.roster = house.Roster()
        self.office.roster, self.office.chooser = self.roster, self._chooser()

    def _day(self, day: date, many: int) -> None:
        self.upheavals.of(day, now=_at(day, DAWN))
        self._sweep_of(day)
        self._take_in(day, many)
        self._work(day)
        self._odd_hours(day)

    # the sweep, and what goes wrong with it

    def _sweep_of(self, day: date) -> None:
        now = _at(day, MORNING)
        if day < self._off_until:
            self.diary.count("sweeps skipped")
        elif day in self._kills:
            self._killed(now)
        elif self.chance.random() < 0.015:
            self._off_until = day + timedelta(days=self.chance.randint(1, 6))
            self.diary.count("sweeps skipped")
        elif self.chance.random() < 0.06:
            self._crashing(now)
        elif self.chance.random() < 0.03:
            self._two_at_once(now)
        else:
            self.swept(now)

    def swept(self, now: datetime) -> None:
        """Sweeps until nothing is left over, as the server does every hour."""
        for _ in range(NEVER_ENDING):
            if self._round(now, lambda: not sweep(now=now).failed):
                return
        self.diary.fail(f"{now}: the sweep never came to an end")

    def _crashing(self, now: datetime) -> None:
        """Dies once or several times at some statement, then is started again."""
        for _ in range(self.chance.randint(1, 3)):
            error = self.chance.choice((faults.died, faults.disk_failed, lambda: ValueError("simulated")))
            sweeping = partial(self._sweep_with, self.chance.randint(1, 60), error, now)
            if not self._round(now, sweeping):
                self.diary.count("crash in a sweep")
        self.swept(now)

    def _sweep_with(self, statement: int, error: Callable[[], BaseException], now: datetime) -> bool:
        with faults.failing_at(statement, error):
            return not sweep(now=now).failed

    def _killed(self, now: datetime) -> None:
        after = self.chance.uniform(0.0, 0.08)
        if not self._round(now, lambda: not faults.sweep_killed(now=now, after=after)):
            self.diary.count("crash by kill -9")
        self.swept(now)

    def _two_at_once(self, now: datetime) -> None:
        self.diary.count("two sweeps at once")
        self._round(now, lambda: _all_done(together(lambda: sweep(now=now), 2)))
        self.swept(now)

    def _round(self, now: datetime, act: Callable[[], bool]) -> bool:
        before, entries = _last(CaseEvent), _last(AlarmEntry)
        try:
            complete = act()
        except (faults.Died, OperationalError, ValueError):
            complete = False
        after = Round(now, before, _last(CaseEvent), entries, _last(AlarmEntry), _last(CalendarEdition), complete)
        self.diary.rounds.append(after)
        return complete

    # what comes in and who works on it

    def _take_in(self, day: date, many: int) -> None:
        arrivals = [(arrival, self._steps_at_once(arrival)) for arrival in self.post.of(day, many, self.roster)]
        in_bulk = [pair for pair in arrivals if pair[1] >= 0]
        cases = self.office.take_in(in_bulk) if in_bulk else []
        cases += [self.office.register(arrival) for arrival, steps in arrivals if steps < 0]
        for case in cases:
            self._plan_visit(case, day)
        self._written += many
        if self._written >= 5000:
            statistics.renew(written=self._written)
            self._written = 0

    def _steps_at_once(self, arrival: Arrival) -> int:
        """How far a matter is taken on its first day; -1 for those that come by the one door."""
        how = self.chance.random()
        if how < BY_DOOR and arrival.action == "register":
            return -1
        return 20 if how < BY_DOOR + SETTLED_AT_ONCE else self.chance.choice((0, 0, 1, 2, 3, 4, 6))

    def _plan_visit(self, case: Case, day: date) -> None:
        waits = self.chance.randint(25, 80) if self.chance.random() < LEFT_LYING else self.chance.randint(1, 18)
        if is_owed(case) or self.chance.random() >= self._rests(case):
            heapq.heappush(self._visits, (day + timedelta(days=waits), case.pk))

    def _rests(self, case: Case) -> float:
        """How likely nobody takes up a matter of which the office owes nothing."""
        if not case.is_open:
            return 1 - TAKEN_UP_AGAIN
        waits = case.state == "delivered" and any(clock.stopped_on is None for clock in case.clocks.all())
        return CONTENT if waits else 0.0  # the petitioner is content, or says nothing

    def _work(self, day: date) -> None:
        if not self.roster.house.calendar.is_workday(day):
            return
        now = _at(day, OPEN)
        self.office.take_note(now=now)
        while self._visits and self._visits[0][0] <= day:
            case_id = heapq.heappop(self._visits)[1]
            self._plan_visit(self._visit(case_id, now), day)

    def _visit(self, case_id: int, now: datetime) -> Case:
        what = self.chance.random()
        if what < 0.02:
            self.office.dies_under(case_id, now=now)
        elif what < 0.04:
            self.office.at_once(case_id, now=now)
        elif what < 0.07 and Case.objects.filter(pk=case_id, is_open=True).exists():
            self.upheavals.hand_over(case_id, now=now)
        return self.office.visit(case_id, self.chance.randint(3, 9), now=now)

    def _odd_hours(self, day: date) -> None:
        """The clock jumps a day forward or back for a sweep and for whoever acts meanwhile."""
        if day < self._off_until or self.chance.random() >= 0.02:
            return
        shift = timedelta(days=self.chance.choice((1, -1)))
        self.diary.count("clock jumped")
        self.swept(_at(day, NOON) + shift)
        for _, case_id in self.chance.sample(self._visits, min(3, len(self._visits))):
            self.office.visit(case_id, 1, now=_at(day, OPEN) + shift)


def is_owed(case: Case) -> bool:
    """Whether the office has something left to do, also where the matter is settled: a term of its own runs, something is to be
    carried out, or an answer is due to somebody who asked."""
    if any(clock.stopped_on is None and not clock.term.startswith("request-") for clock in case.clocks.all()):
        return True
    if (case.marks.get("execution_due_on") and not case.marks.get("executed_on")) or open_tasks(case.marks):
        return True
    return Alarm.objects.filter(case=case.pk, kind__in=ANSWERS.values(), ended_on=None).exists()


def _all_done(said: list[object]) -> bool:
    return all(not isinstance(each, BaseException) and not getattr(each, "failed", True) for each in said)


def _last(model: type[Model]) -> int:
    return model._default_manager.order_by("-pk").values_list("pk", flat=True).first() or 0


def _at(day: date, hour: moment) -> datetime:
    return datetime.combine(day, hour, ZONE)
