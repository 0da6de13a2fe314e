"""A situation that a matter can be in, and everything that can be done there: by whom, and with which facts.

What tells situations apart is an outline of their clocks and marks; what a step looks at is noted while it is tried.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, cached_property
from typing import Any

from huiyin.procedure.actions import Action, Doer, Field, Situation, Snapshot
from huiyin.procedure.calendars import Calendar, default

FIRST_DAY = datetime(2024, 3, 4, 1, tzinfo=UTC)
A_WHILE = timedelta(hours=1)
ROLES = ("clerk", "handler", "head", "leader", "supervisor")
DOERS = (
    *(Doer("staff", number, frozenset({role}), office=1) for number, role in enumerate(ROLES, start=1)),
    *(Doer("staff", 10 + number, frozenset({role}), office=1) for number, role in enumerate(ROLES[:4], start=1)),
    *(Doer("staff", 20 + number, frozenset({role}), office=2) for number, role in enumerate(ROLES[:4], start=1)),
    Doer("petitioner", None, frozenset({"petitioner"})),
    Doer("system", None, frozenset({"system"})),
)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")

Key = tuple[Any, ...]


@cache
def _renewed() -> Calendar:
    """The same days published anew, so that the system finds something to recompute."""
    return Calendar("renewed", default().entries)


class Seen(dict[str, Any]):
    """Marks or running clocks that note which of their names are asked for."""

    def __init__(self, values: Mapping[str, Any], names: set[str]) -> None:
        super().__init__(values)
        self._names = names

    def get(self, name: str, default: Any = None) -> Any:
        self._names.add(name)
        return super().get(name, default)

    def __getitem__(self, name: str) -> Any:
        self._names.add(name)
        return super().__getitem__(name)


@dataclass
class Touched:
    """Names of marks and clocks that an action's guards ask for, and for each that it sets or stops what that depends on."""

    asked: set[str] = field(default_factory=set)
    used: dict[str, set[str]] = field(default_factory=dict)
    known: set[frozenset[str]] = field(default_factory=set)
    always: set[str] | None = None

    @property
    def names(self) -> frozenset[str]:
        """Everything that the action looks at."""
        return frozenset(self.asked).union(*self.known)


@dataclass(frozen=True)
class Place:
    """A snapshot at a moment: one example of a situation."""

    snapshot: Snapshot
    now: datetime
    outlined: Mapping[str, Any] | None = None  # what `marks` gives, where it is known from the place before

    @cached_property
    def marks(self) -> Mapping[str, Any]:
        """Every mark as far as it tells situations apart; those that are not set are missing."""
        return self.outlined if self.outlined is not None else _told_apart(self.snapshot.marks, self.now)

    def after(self, snapshot: Snapshot, changed: Collection[str]) -> Place:
        """The place at the same moment when a step changed these marks; of the others it is known how they tell apart."""
        kept = {name: outline for name, outline in self.marks.items() if name not in changed}
        fresh = {name: snapshot.marks[name] for name in changed if name in snapshot.marks}
        return Place(snapshot, self.now, kept | _told_apart(fresh, self.now))

    @property
    def today(self) -> date:
        return self.now.date()

    def key(self, matters: Collection[str]) -> Key:
        """What tells this situation from others, as far as it `matters`: dates and counts are left out, but not whether
        something was recorded."""
        return (self.snapshot.state, self.outline(matters))

    def outline(self, names: Collection[str]) -> Key:
        """The running clocks (over or not) and the marks of these names."""
        today, marks = self.today, self.marks
        clocks = [(term, clock.due < today) for term, clock in self.snapshot.clocks.items() if term in names]
        return (frozenset(clocks), frozenset([(name, marks[name]) for name in names if name in marks]))

    def situation(self, facts: Mapping[str, Any], by: Doer) -> Situation:
        calendar = _renewed() if by.kind == "system" else default()
        return Situation(self.snapshot, facts, by, self.now, self.today, calendar)

    def watched(self, facts: Mapping[str, Any], by: Doer, names: set[str]) -> Situation:
        """The same, noting in `names` which marks and clocks are asked for."""
        marks, clocks = Seen(self.snapshot.marks, names), Seen(self.snapshot.clocks, names)
        return replace(self.situation(facts, by), snapshot=replace(self.snapshot, marks=marks, clocks=clocks))

    def later(self, matters: Collection[str]) -> Iterator[Place]:
        """The same matter when a while has passed, and on the day after each clock that still runs in time."""
        yield Place(self.snapshot, self.now + A_WHILE)
        for term, clock in self.snapshot.clocks.items():
            if term in matters and clock.due >= self.today:
                yield Place(self.snapshot, datetime.combine(clock.due + timedelta(days=1), time(1), UTC))


def _told_apart(marks: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """Marks without their dates and counts, but with whether a day is now, and who is named by role; none that says nothing."""
    outlined = ((name, _outline(kept, now)) for name, kept in marks.items())
    return {name: outline for name, outline in outlined if outline is not None}


def _outline(kept: Any, now: datetime) -> Any:
    if isinstance(kept, str) and _DAY.match(kept):
        return "now" if kept == now.isoformat() else "a day"
    if isinstance(kept, (str, bool)):
        return kept or None
    if isinstance(kept, list):
        return tuple(role for role in ROLES if all(by.id in kept for by in DOERS if role in by.roles)), bool(kept)
    return bool(kept) or None


def with_few_tasks(snapshot: Snapshot) -> Snapshot:
    """The same matter with at most one task, if one is open: settled ones make no difference, and one holds as well as ten."""
    tasks = snapshot.marks.get("tasks")
    if not tasks:
        return snapshot
    left = next((task for task in tasks.values() if task["state"] == "open"), None)
    return replace(snapshot, marks={**snapshot.marks, "tasks": {"1": left} if left else None})


def ways_to_fill_in(action: Action, today: date) -> tuple[dict[str, Any], ...]:
    """The form filled in completely, then once more with each other choice of each field; dates are `today` or soon after.

    What the step gives away goes to two people of the office and to one of another.
    """
    whole = {known.name: _samples(known, today)[0] for known in action.fields}
    holders = (
        ({"office": 1, "staff": 2}, {"office": 1, "staff": 12}, {"office": 2, "staff": 22}) if action.assigns else ({},)
    )
    others = ({known.name: other} for known in action.fields for other in _samples(known, today)[1:])
    return (*(whole | holder for holder in holders), *(whole | holders[-1] | other for other in others))


def _samples(known: Field, today: date) -> list[Any]:
    if known.kind in {"choice", "rating"}:
        codes = [choice.code for choice in known.choices]
        return codes if known.required else [*codes, ""]
    answered = {"text": "x", "reason": "x", "basis": "x", "ground": "rules", "money": "no"}
    paid = [[answered | {"result": "supported", "money": "yes"}]]
    soon = (today + timedelta(days=20)).isoformat()
    days = [today.isoformat(), soon] if known.required else ["", today.isoformat(), soon]
    fixed: dict[str, list[Any]] = {
        "date": days, "number": [max(known.least, 1), known.most], "yes": [True, False], "office": [1] if known.required else [None, 1],
        "staff": [2], "claims": [*([answered | {"result": choice.code}] for choice in known.choices), *paid] if known.choices else [[answered]],
        "files": [[{"id": 1, "name": "1.png", "sha256": "0" * 64}]], "person": [[]], "task": [1, 2],
        "several": [[choice.code for choice in known.choices]], "member": [1], "members": [[1]], "agent": [1], "roster": [1],
    }  # fmt: skip
    return fixed.get(known.kind, ["x"])
