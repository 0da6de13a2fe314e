"""People at work: matters taken along in bulk on the day they come, and step by step through the one door later.

Now and then two of them want the same step at the same moment, somebody clicks twice, or the process dies under them.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from threading import Barrier, Thread
from typing import Any

from django.db import OperationalError, connection, transaction

from huiyin.cases import facts as reading
from huiyin.cases import services
from huiyin.cases.bulk import Batch, Matter
from huiyin.cases.models import Alarm, Case
from huiyin.cases.snapshots import snapshot_of
from huiyin.cases.supervision.services import acknowledge
from huiyin.kernel import clock as time
from huiyin.kernel.errors import Conflict, Invalid, Refused
from huiyin.people.policy import PETITIONER
from huiyin.procedure.editions import CURRENT, edition
from huiyin.procedure.states import STATES
from huiyin.simulation import faults
from huiyin.simulation.diary import Diary
from huiyin.simulation.house import Roster
from huiyin.simulation.matters import Arrival
from huiyin.simulation.steps import Choice, Chooser

PART = 500
TAKEN_BACK_WITHIN = timedelta(minutes=4)
PROMISE = "这几天办完。"  # data: an invented promise
FAR_ENOUGH, FEW = frozenset({"delivered"}), 3


class Office:
    """Everybody at work, with one chance and one diary."""

    def __init__(self, roster: Roster, chooser: Chooser, diary: Diary, chance: random.Random) -> None:
        self.roster, self.chooser, self.diary, self.chance = roster, chooser, diary, chance
        self._key = 0

    def take_in(self, arrivals: Iterable[tuple[Arrival, int]]) -> list[Case]:
        """Registers matters in bulk and takes each so many steps along; gives the cases as they stand then."""
        with transaction.atomic():
            batch = Batch(self.roster.house, proof=False)
            for arrival, steps in arrivals:
                self._along(batch, self._begin(batch, arrival), arrival, steps)
            return batch.write()

    def _begin(self, batch: Batch, arrival: Arrival) -> Matter:
        facts = reading.clean(edition(CURRENT).action(arrival.action), arrival.facts)
        facts.pop("petitioners")
        return batch.begin(
            by=arrival.by, now=arrival.at, facts=facts, people=arrival.people, office=arrival.office, staff=arrival.staff,
            action=arrival.action, receipt=arrival.receipt, source="simulation", external_id=str(arrival.number),
        )  # fmt: skip

    def _along(self, batch: Batch, matter: Matter, arrival: Arrival, steps: int) -> None:
        now = arrival.at
        for _ in range(steps):
            if matter.case.state in FAR_ENOUGH or not STATES[matter.case.state].open:
                return
            now += timedelta(minutes=self.chance.randint(1, 9))
            choice = self.chooser.choose(matter.case, matter.snapshot, now=now, quiet=True)
            if choice is None:
                return
            try:
                batch.step(matter, choice.action.name, by=choice.by, now=now, facts=choice.facts)
                self.diary.count("steps in bulk")
            except Refused as refused:
                self._refused(choice, refused)

    def register(self, arrival: Arrival) -> Case:
        """Registers one matter through the one door, as a page does."""
        facts = {
            **arrival.facts,
            "petitioners": arrival.people
            and [
                {
                    "name": arrival.people[0]["name"],
                    "phone": arrival.people[0]["phone"],
                    "address": arrival.people[0]["address"],
                }
            ],
        }
        place = {} if arrival.by == PETITIONER else {"office": arrival.office, "staff": arrival.staff}
        self.diary.count("steps by the door")
        return services.register(
            by=arrival.by, now=arrival.at, facts=facts | place, action=arrival.action, key=self._next_key()
        )

    def visit(self, case_id: int, steps: int, *, now: datetime) -> Case:
        """Somebody takes up a matter and does some steps through the one door, fewer on an answered one, one if it is settled;
        gives it as it stands after."""
        case = self.load(case_id)
        for place in range(min(steps, FEW) if case.state in FAR_ENOUGH else steps):
            if place and not case.is_open:
                break
            now += timedelta(minutes=self.chance.randint(1, 9))
            choice = self.chooser.choose(case, snapshot_of(case), now=now)
            if choice is None or not self.perform(case, choice, now=now):
                break
            case = self.load(case_id)
        return case

    def load(self, case_id: int) -> Case:
        case = Case.objects.prefetch_related("clocks").get(pk=case_id)
        if case.office_id:
            case.office = self.roster.house.offices[case.office_id]
        return case

    def perform(self, case: Case, choice: Choice, *, now: datetime) -> bool:
        """One step through the one door; False if it was refused."""
        try:
            services.perform(case, choice.action.name, by=choice.by, now=now, facts=choice.facts, version=case.version)
        except Refused as refused:
            self._refused(choice, refused)
            return False
        self.diary.count("steps by the door")
        return True

    def dies_under(self, case_id: int, *, now: datetime) -> None:
        """A step during which the process dies or the disk fails: nothing of it may be left."""
        case = self.load(case_id)
        choice = self.chooser.choose(case, snapshot_of(case), now=now) if case.is_open else None
        if choice is None:
            return
        error = self.chance.choice((faults.died, faults.disk_failed))
        try:
            with faults.failing_at(self.chance.randint(2, 14), error):
                services.perform(
                    case, choice.action.name, by=choice.by, now=now, facts=choice.facts, version=case.version
                )
        except (faults.Died, OperationalError):
            self.diary.count("crash at a step")
            if self.load(case_id).version != case.version:
                self.diary.fail(f"{case.no}: half a step was left behind")
        except Refused as refused:
            self._refused(choice, refused)
        else:
            self.diary.count("steps by the door")

    def at_once(self, case_id: int, *, now: datetime) -> None:
        """Two windows send the same step on the same version at the same moment: it is taken once."""
        case = self.load(case_id)
        choice = self.chooser.choose(case, snapshot_of(case), now=now) if case.is_open else None
        if choice is None:
            return
        key = self._next_key() if self.chance.random() < 0.5 else None
        said = _together(lambda: self._quietly(case, choice, key, now), 2)
        taken = [event for event in said if isinstance(event, int)]
        other = [error for error in said if isinstance(error, BaseException) and not isinstance(error, Refused)]
        made = self.load(case_id).version - case.version
        if other or made != min(1, len(taken)) or len(set(taken)) > 1 or (key is None and len(taken) > 1):
            self.diary.fail(f"{case.no}: two at once made {made} records of “{choice.action.name}”: {said}")
        self.diary.count("two at once")
        self.diary.count("steps by the door", made)
        self.diary.count("told of the other", sum(isinstance(error, Conflict) for error in said))

    def take_note(self, *, now: datetime) -> None:
        """Whoever is told of an alarm takes note of it and promises a day, up to half of them on a day; not everybody keeps it."""
        unread = Alarm.objects.filter(ended_on=None, acknowledged_by=None, holder__in=list(self.roster.by_id))
        waiting = list(unread.order_by("pk").values_list("pk", flat=True))
        for alarm in self.chance.sample(waiting, self.chance.randint(0, (len(waiting) + 1) // 2)):
            self._acknowledge(Alarm.objects.select_related("office", "case__office").get(pk=alarm), now)

    def _acknowledge(self, alarm: Alarm, now: datetime) -> None:
        assert alarm.holder_id is not None
        promised_on = time.on(now) + timedelta(days=self.chance.randint(1, 9))
        try:
            acknowledge(alarm, by=self.roster.by_id[alarm.holder_id], now=now, promise=PROMISE, promised_on=promised_on)
            self.diary.count("took note")
        except Refused as refused:
            self.diary.count(f"refused note {refused.code or refused.en[:60]}")

    def _quietly(self, case: Case, choice: Choice, key: str | None, now: datetime) -> int:
        event = services.perform(
            Case(pk=case.pk),
            choice.action.name,
            by=choice.by,
            now=now,
            facts=choice.facts,
            version=case.version,
            key=key,
        )
        return int(event.pk)

    def _next_key(self) -> str:
        self._key += 1
        return f"simulation-{self._key}"

    def _refused(self, choice: Choice, refused: Refused) -> None:
        self.diary.count("refused")
        fields = ", ".join(refused.errors) if isinstance(refused, Invalid) else ""
        self.diary.count(f"refused {choice.action.name} {fields or refused.code or refused.en[:60]}")


def _together(act: Callable[[], Any], many: int) -> list[Any]:
    """What came of the same act done by several threads at the same moment, each with a connection of its own."""
    said: list[Any] = [None] * many
    start = Barrier(many)

    def run(place: int) -> None:
        start.wait()
        try:
            said[place] = act()
        except BaseException as error:
            said[place] = error
        finally:
            connection.close()

    threads = [Thread(target=run, args=(place,)) for place in range(many)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return said


together = _together
