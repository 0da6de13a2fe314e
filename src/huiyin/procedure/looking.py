"""What a condition or an effect of a step looks at in a situation, and what comes of it on each of the days that may have passed.

A situation leaves days out, so each is looked at in many examples: everything recorded on one day, every day from today back over
twice the longest term and some beyond the longest that can be counted; and of any two things the one recorded today and the other some
days, or long, ago: a rule about a few days between two things alone may lie between those days. A clock that is in time, or over,
stays so in all of them. What doesn't ask which day it is is tried once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any, NamedTuple, cast

from huiyin.procedure.actions import Doer, Facts, Running, Situation, Snapshot
from huiyin.procedure.calendars import default
from huiyin.procedure.situations import (
    CLOCK,
    CODES,
    DIGITS,
    LATE,
    NOW,
    PLACE,
    TODAY,
    WIDTH,
    NeedsDay,
    Outlines,
    running,
    started,
)

DAYS = (*range(201), 400, 1000, 4000)
APART = (1, 3, 5, 10, 15, 20, 30, 40, 50, 60, 75, 90, 100, 120, 4000)


class Example(NamedTuple):
    """How many days ago things were recorded: all of them, or those with this digit in the number of their name, the others today."""

    days: int
    digit: int = 0
    bit: int | None = None

    def ago(self, place: int) -> int:
        """The days for what stands in that place."""
        return self.days if self.bit is None or place // WIDTH >> self.digit & 1 == self.bit else 0


_ONE_DAY = [Example(days) for days in DAYS]
_SEVERAL = [Example(days, digit, bit) for days in APART for digit in range(DIGITS) for bit in (0, 1)]
EXAMPLES = (*_ONE_DAY, *_SEVERAL)
HOLDERS = ((1, 2), (2, 22))  # office and person who have the matter: all examples are looked at for each
_EACH = (1 << len(EXAMPLES)) - 1
HOLDING = {"office", "responsible"}
FIRSTS = [place * len(EXAMPLES) for place in range(len(HOLDERS))]
ALL = (1 << len(EXAMPLES) * len(HOLDERS)) - 1  # examples as bits of a number


class Seen(Mapping[str, Any]):
    """Marks, running clocks or facts that note which of their names are asked for. Whoever asks for all of them can't be followed."""

    def __init__(self, read: Callable[[str], Any]) -> None:
        self._read = read

    def get(self, name: str, default: Any = None) -> Any:
        kept = self._read(name)
        return default if kept is None else kept

    def __getitem__(self, name: str) -> Any:
        if (kept := self._read(name)) is None:
            raise KeyError(name)
        return kept

    def __iter__(self) -> Iterator[str]:
        raise TypeError("a step names the marks and clocks that it looks at")

    def __len__(self) -> int:
        raise TypeError("a step names the marks and clocks that it looks at")


class SeenClock:
    """A running clock that notes whether it is asked for its days."""

    def __init__(self, look: Look, term: str) -> None:
        self._look, self._term = look, term

    def __getattr__(self, name: str) -> Any:
        return getattr(self._look.clock(self._term, name), name)


class Watched:
    """A doer, or a snapshot; notes in `noted` which of its attributes are asked for."""

    def __init__(self, whole: Any, noted: set[str]) -> None:
        self._whole, self._noted = whole, noted

    def __getattr__(self, name: str) -> Any:
        self._noted.add(name)
        return getattr(self._whole, name)


class Form:
    """One way to fill in a form."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts

    @cached_property
    def _words(self) -> dict[str, str]:
        return {name: repr(kept) for name, kept in self.facts.items()}

    def told_apart(self, fields: set[str]) -> tuple[str | None, ...]:
        """What stands in these fields."""
        return tuple(self._words.get(name) for name in sorted(fields))


class Look:
    """One look at a situation, in one example after the other; without one, no day can be read. Notes which marks and clocks are asked for
    (`names`), which fields of the form, what of the doer, and what of the `place` where the matter stands."""

    def __init__(self, outlines: Outlines, number: int, form: Form, by: Doer, names: set[str]) -> None:
        self.outlines, self.number, self.form, self.by, self.names = outlines, number, form, by, set(names)
        self.fields: set[str] = set()
        self.doer: set[str] = set()
        self.place: set[str] = set()
        self.example: Example | None = None

    def situation(self, holder: tuple[int, int]) -> Situation:
        """All that may be looked at; what is read there is that of the present example."""
        marks, clocks, facts = Seen(self.mark), Seen(self.running), Seen(self.fact)
        snapshot = Snapshot(CODES[self.number & PLACE], *holder, clocks, marks)
        at, by = Watched(snapshot, self.place), Watched(self.by, self.doer)
        return Situation(cast(Snapshot, at), facts, cast(Doer, by), NOW, TODAY, default())

    def fact(self, name: str) -> Any:
        """What was filled in."""
        self.fields.add(name)
        return self.form.facts.get(name)

    def mark(self, name: str) -> Any:
        """A mark; None where there is none."""
        self.names.add(name)
        place = self.outlines.place(name)
        if not (number := self.number >> place & PLACE):
            return None
        return self.outlines.kept(name, number, self.example and self.example.ago(place))

    def running(self, term: str) -> SeenClock | None:
        """A clock that runs."""
        self.names.add(CLOCK + term)
        return SeenClock(self, term) if self.number & self.outlines.running(term) else None

    def clock(self, term: str, asked: str) -> Running:
        """The clock, of which something is asked. If it is its last day, whether it is over is told apart; its first alone may be any."""
        if asked in {"raw", "due", "internal"}:
            self.names.add(LATE + term)
        if self.example is None:
            if asked in {"start", "raw", "due", "internal"}:
                raise NeedsDay
            return started(term, 0)
        ago = self.example.ago(self.outlines.place(CLOCK + term))
        if LATE + term not in self.names:
            return started(term, ago)
        return running(term, bool(self.number & self.outlines.late(term)), ago)


class Part:
    """A condition or an effect of a step: what it asks for (`asked`), and what came of it in which examples."""

    def __init__(self, outlines: Outlines, does: Callable[[Situation], Any]) -> None:
        self.outlines, self.does = outlines, does
        self.asked: set[str] = set()
        self._fields: set[str] = set()
        self._doer: set[str] = set()
        self._place: set[str] = set()
        self._mask = 0
        self._known: dict[Any, dict[Any, int]] = {}

    def comes_to(self, number: int, form: Form, by: Doer, among: int = ALL) -> dict[Any, int]:
        """What comes of it, each with the examples of the situation in which it does; tried in those `among` at least."""
        key = self._key(number, form, by)
        known = self._known.get(key, {})
        tried = sum(known.values())
        if left := among & ~tried:
            look = Look(self.outlines, number, form, by, self.asked)
            known = dict(known)
            for came, examples in self._tried(look, left):
                known[came] = known.get(came, 0) | examples & ~tried
            if self._learned(look):
                return self.comes_to(number, form, by, among)
            self._known[key] = known
        return known

    def _key(self, number: int, form: Form, by: Doer) -> Any:
        return number & self._mask, form.told_apart(self._fields), by if self._doer else None

    def _tried(self, look: Look, left: int) -> Iterator[tuple[Any, int]]:
        """What comes of it in the examples that are left; for everybody who may have the matter, where nobody asks who has it."""
        tried = 0
        for first, holder in zip(FIRSTS, HOLDERS, strict=True):
            if not (these := (left & ~tried) >> first & _EACH):
                continue
            for came, examples in self._come(look, look.situation(holder), these):
                alike = [first] if look.place & HOLDING else FIRSTS
                there = sum(examples << each for each in alike)
                yield came, there
                tried |= there

    def _come(self, look: Look, at: Situation, left: int) -> Iterator[tuple[Any, int]]:
        """What comes of it while one person has the matter."""
        look.example = None
        try:
            came = self.does(at)
        except Exception:  # it needs to know the day; whatever else is wrong shows again when it is known
            pass
        else:
            return (yield came, _EACH)
        for place, look.example in enumerate(EXAMPLES):
            if left >> place & 1:
                yield self.does(at), 1 << place

    def _learned(self, look: Look) -> bool:
        """Whether more was asked for than ever before; then what was known told too little apart."""
        noted, known = (look.fields, look.doer, look.place), (self._fields, self._doer, self._place)
        if look.names <= self.asked and all(new <= old for new, old in zip(noted, known, strict=True)):
            return False
        self.asked |= look.names
        for new, old in zip(noted, known, strict=True):
            old |= new
        self._known = {}
        self._mask = self.outlines.mask(self.asked) & (-1 if "state" in self._place else ~PLACE)
        return True
