"""The auditor: goes through the records of every matter beside the sweeps of the diary and counts what was missed or doubled.

Reads events, alarms and their entries, and nothing that the product computed but the dates in the events, which it counts again.
For each matter it knows how it stood when a sweep began. A sweep that came to its end must leave an open alarm for every cause
that held; an alarm must have had a cause, and rings once for as long as that lasts; and whatever nobody took note of must climb.
A sweep whose clock was set back before the day of a record is asked for nothing of that record: for it, that has yet to happen.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Any

from huiyin.cases.models import AlarmEntry, CaseEvent
from huiyin.kernel.clock import on as day_of
from huiyin.simulation.contract import CLIMBS_AFTER, Cause, Standing, at_least
from huiyin.simulation.days import Calendars, Days
from huiyin.simulation.diary import Diary, Round

SHOWN = 20
RINGING = frozenset({"rang", "climbed", "again", "broken"})
CHUNK = 2000


@dataclass
class Findings:
    """What the auditor found; `lines` says of the first of them what they are. `reached` and `taken`: how many matters were ever in
    a state, and in how many a step was taken."""

    steps: int = 0
    cases: int = 0
    overdue: int = 0
    escalated: int = 0
    missed: int = 0
    doubled: int = 0
    lines: list[str] = field(default_factory=list)
    reached: Counter[str] = field(default_factory=Counter)
    taken: Counter[str] = field(default_factory=Counter)

    def miss(self, what: str) -> None:
        self.missed += 1
        self._say("missed", what)

    def double(self, what: str) -> None:
        self.doubled += 1
        self._say("doubled", what)

    def _say(self, kind: str, what: str) -> None:
        if len(self.lines) < SHOWN:
            self.lines.append(f"{kind}: {what}")


@dataclass(frozen=True)
class Entry:
    """One line in the record of an alarm."""

    pk: int
    at: datetime
    what: str
    on: date | None


@dataclass(frozen=True)
class Rung:
    """An alarm of a matter with its lines in order."""

    pk: int
    cause: Cause
    occurrence: int
    entries: tuple[Entry, ...]

    def first(self, *what: str) -> Entry | None:
        return next((entry for entry in self.entries if entry.what in what), None)


@dataclass(frozen=True)
class Record:
    """One event of a matter."""

    pk: int
    case: int
    seq: int
    action: str
    at: datetime
    facts: dict[str, Any]
    effects: dict[str, Any]

    @property
    def day(self) -> date:
        return day_of(self.at)


class Auditor:
    """Audits the whole database against one diary."""

    def __init__(self, diary: Diary, *, progress: Callable[[int], None] = lambda done: None) -> None:
        self.rounds, self.calendars, self.progress = diary.rounds, Calendars(), progress
        self.found = Findings()
        self._begins = [each.before for each in self.rounds]
        self._entries = [each.entries_after for each in self.rounds]
        self._dates = [day_of(each.now) for each in self.rounds]

    def audit(self) -> Findings:
        """Everything that was missed or doubled."""
        alarms = _Alarms()
        for case, records in groupby(_records(), attrgetter("case")):
            self._case(case, list(records), alarms.of(case))
        for left in alarms.left():
            self.found.double(f"case {left}: an alarm of a matter without records")
        return self.found

    def _case(self, case: int, records: list[Record], alarms: list[Rung]) -> None:
        self.found.cases += 1
        self.found.steps += len(records)
        self.found.reached.update({record.effects["state"] for record in records})
        self.found.taken.update({record.action for record in records})
        Matter(self, case, records, alarms).audit()
        for alarm in alarms:
            self._climbing(case, alarm)
        self.found.escalated += any(entry.what in ("climbed", "broken") for alarm in alarms for entry in alarm.entries)
        self.progress(1)

    # what a single alarm must do while nobody takes note of it

    def _climbing(self, case: int, alarm: Rung) -> None:
        for place, entry in enumerate(alarm.entries):
            if entry.what not in RINGING and entry.what != "acknowledged":
                continue
            wanted = self._next_ring(alarm, entry)
            following = next((each for each in alarm.entries[place + 1 :] if each.what != "followed"), None)
            moved = any(each.what == "followed" for each in alarm.entries[place + 1 :])
            if wanted and not (entry.what == "acknowledged" and moved):
                self._held_to(case, alarm, entry, wanted, following)

    def _next_ring(self, alarm: Rung, entry: Entry) -> date | None:
        """The day on which it rings again unless something happens; None where it waits for nothing."""
        if entry.what == "acknowledged":
            return entry.on + timedelta(days=1) if entry.on else None
        return self._days_at(entry).nth_after(day_of(entry.at), CLIMBS_AFTER[alarm.cause[0]])

    def _held_to(self, case: int, alarm: Rung, entry: Entry, wanted: date, following: Entry | None) -> None:
        said = f"case {case}, {alarm.cause}, {entry.what} on {day_of(entry.at)}"
        place = self._round_of(entry.pk)
        sweep = next(
            (
                each
                for each in range(place + 1, len(self.rounds))
                if self.rounds[each].complete and self._dates[each] >= wanted
            ),
            None,
        )
        if sweep is not None and (following is None or following.pk > self._entries[sweep]):
            self.found.miss(f"{said}: did not ring again on {wanted}")
        if following and following.what in ("again", "broken") and day_of(following.at) < wanted:
            self.found.double(f"{said}: rang again on {day_of(following.at)} already, before {wanted}")
        if following and following.what in RINGING and self._same_round(entry, following):
            self.found.double(f"{said}: rang twice in one sweep")

    def _same_round(self, entry: Entry, following: Entry) -> bool:
        place = self._round_of(entry.pk)
        inside = place < len(self.rounds) and self.rounds[place].entries_before < entry.pk
        return inside and following.pk <= self._entries[place]

    def _round_of(self, pk: int) -> int:
        """The place of the sweep in which a line was written, or of the next one."""
        return bisect_left(self._entries, pk)

    def _days_at(self, entry: Entry) -> Days:
        place = min(self._round_of(entry.pk), len(self.rounds) - 1)
        return self.calendars.by_import[self.rounds[place].calendar]

    # where a matter stood

    def seen_by(self, pk: int, before: int | None) -> Iterator[tuple[Round, date, Days]]:
        """The sweeps that began after one record and before the next, with their dates and calendars."""
        last = bisect_left(self._begins, before) if before else len(self.rounds)
        for place in range(bisect_left(self._begins, pk), last):
            yield self.rounds[place], self._dates[place], self.calendars.by_import[self.rounds[place].calendar]


class Matter:
    """One matter on its way through the records and the sweeps."""

    def __init__(self, auditor: Auditor, case: int, records: list[Record], alarms: list[Rung]) -> None:
        self.auditor, self.case, self.records, self.found = auditor, case, records, auditor.found
        self.alarms: dict[Cause, list[Rung]] = defaultdict(list)
        for alarm in alarms:
            self.alarms[alarm.cause].append(alarm)
        self._unasked = {alarm.pk for alarm in alarms}
        self._lasting: dict[Cause, int] = {}
        self._late = False

    def audit(self) -> None:
        standing = Standing()
        for place, record in enumerate(self.records):
            standing = standing.after(record.action, record.day, record.facts, record.effects)
            self._dates(record)
            self._by_act(standing, record)
            following = self.records[place + 1].pk if place + 1 < len(self.records) else None
            calendar = self._calendar_at(record)
            self._over(standing.causes(record.day, calendar))
            for sweep, day, days in self.auditor.seen_by(record.pk, following):
                moved = following is not None and following <= sweep.after
                self._sweep(standing, sweep, day, days, disturbed=moved or day < record.day)
        self.found.overdue += self._late
        for alarm in (each for rung in self.alarms.values() for each in rung if each.pk in self._unasked):
            self.found.double(f"case {self.case}: {alarm.cause} rang without a cause")

    def _calendar_at(self, record: Record) -> Days:
        place = min(bisect_left(self.auditor._begins, record.pk), len(self.auditor.rounds) - 1)
        return self.auditor.calendars.by_import[self.auditor.rounds[place].calendar]

    def _dates(self, record: Record) -> None:
        """Counts the dates of every term that the record starts."""
        started = Standing().after("", record.day, {}, {"state": "", "clocks": record.effects.get("clocks", ())}).terms
        for term in started.values():
            counted = term.expected(self.auditor.calendars.by_name[term.calendar])
            if counted != (term.raw, term.due, term.internal):
                self.found.miss(f"case {self.case}, record {record.seq}: {term} should end {counted}")

    def _by_act(self, standing: Standing, record: Record) -> None:
        if kind := standing.rung_by(record.action):
            rung = [alarm for alarm in self.alarms[kind, ""] if alarm.occurrence == record.seq]
            self._unasked -= {alarm.pk for alarm in rung[:1]}
            if not rung:
                self.found.miss(f"case {self.case}: “{record.action}” (record {record.seq}) rang no {kind}")

    def _over(self, holding: frozenset[Cause]) -> None:
        """Causes that don't hold any more may ring again when they do."""
        self._lasting = {cause: alarm for cause, alarm in self._lasting.items() if cause in holding}

    def _sweep(self, standing: Standing, sweep: Round, day: date, days: Days, *, disturbed: bool) -> None:
        holding = standing.causes(day, days)
        self._late = self._late or any(kind.endswith("late") for kind, _ in holding)
        if sweep.complete and not disturbed:
            self._over(holding)
        for cause in holding:
            self._rings(cause, sweep)
            if sweep.complete and not disturbed and not self._is_open(cause, sweep):
                self.found.miss(f"case {self.case}: {cause} did not ring by the sweep of {day}")

    def _rings(self, cause: Cause, sweep: Round) -> None:
        """Takes account of what the sweep rang for a cause that holds."""
        for alarm in self.alarms[cause]:
            rang = alarm.first("rang")
            if rang and sweep.entries_before < rang.pk <= sweep.entries_after:
                self._unasked.discard(alarm.pk)
                if self._lasting.setdefault(cause, alarm.pk) != alarm.pk:
                    self.found.double(
                        f"case {self.case}: {cause} rang again by the sweep of {sweep.now} while it lasted"
                    )

    def _is_open(self, cause: Cause, sweep: Round) -> bool:
        """Whether an alarm for the cause was there when the sweep was over, or a more urgent one of the same term: a clock that
        was set back takes nothing back that rang."""
        for alarm in (each for one in at_least(cause) for each in self.alarms.get(one, ())):
            rang, ended = alarm.first("rang"), alarm.first("ended")
            if rang and rang.pk <= sweep.entries_after and (ended is None or ended.pk > sweep.entries_after):
                return True
        return False


def _records() -> Iterator[Record]:
    rows = CaseEvent.objects.order_by("case_id", "seq").values_list(
        "pk", "case_id", "seq", "action", "at", "facts", "effects"
    )
    return (Record(*row) for row in rows.iterator(chunk_size=CHUNK))


class _Alarms:
    """The alarms of one matter after the other, read as they are asked for: nobody has room for all of them."""

    def __init__(self) -> None:
        self._rest = _rung()
        self._next = next(self._rest, None)
        self._passed: list[int] = []

    def of(self, case: int) -> list[Rung]:
        """Those of a matter; every matter is asked for once, in the order of their ids."""
        found = []
        while self._next is not None and self._next[0] <= case:
            if self._next[0] == case:
                found.append(self._next[1])
            else:
                self._passed.append(self._next[0])
            self._next = next(self._rest, None)
        return found

    def left(self) -> list[int]:
        """The matters that nobody asked for."""
        behind = [self._next[0]] if self._next is not None else []
        return [*self._passed, *behind, *(case for case, _ in self._rest)]


def _rung() -> Iterator[tuple[int, Rung]]:
    """Every alarm with its matter, in the order of the matters."""
    alarm = ("alarm__case_id", "alarm_id", "alarm__kind", "alarm__term", "alarm__occurrence")
    rows = AlarmEntry.objects.exclude(alarm__case=None).order_by(*alarm[:2], "pk")
    lines = rows.values_list(*alarm, "pk", "at", "what", "on").iterator(chunk_size=CHUNK)
    for (case, pk, kind, term, occurrence), entries in groupby(lines, itemgetter(0, 1, 2, 3, 4)):
        yield case, Rung(pk, (kind, term), occurrence, tuple(Entry(*line[5:]) for line in entries))
