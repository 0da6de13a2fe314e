"""What the simulation itself did, in order: every sweep with the records it found, and how often what went wrong.

The auditor reads it to know at which moments the rule had a chance to speak.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Round:
    """One sweep as it was begun: what the clock said, the last record before it and after it, the same of the alarms' lines,
    and the last calendar that was imported.

    `complete` sweeps looked at everything; others were crashed, killed, or left a case for the next one.
    """

    now: datetime
    before: int
    after: int
    entries_before: int
    entries_after: int
    calendar: int
    complete: bool


@dataclass
class Diary:
    """The sweeps in the order in which they were run, and counts of everything that happened."""

    rounds: list[Round] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)

    def count(self, what: str, number: int = 1) -> None:
        self.counts[what] += number

    def fail(self, what: str) -> None:
        """Something that must never happen, in one line."""
        self.failures.append(what)

    @property
    def crashes(self) -> int:
        return sum(number for what, number in self.counts.items() if what.startswith("crash"))
