"""An item that is split off from a letter, as a walk sees it: one more beginning, where the letter stands (splitting_2022)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from huiyin.procedure import engine
from huiyin.procedure.actions import Action, Edition, Snapshot
from huiyin.procedure.attempts import DOERS, Way
from huiyin.procedure.editions.forms_2022 import PURPOSES
from huiyin.procedure.editions.guards_2022 import nature
from huiyin.procedure.editions.splitting_2022 import KEPT_MARKS, KEPT_TERMS, begun
from huiyin.procedure.situations import CLOCK, LATE, NOW, PLACE, TODAY, Outlines, running, situation
from huiyin.procedure.states import STATES
from huiyin.procedure.trying import Change, Found, Step

OF_THE_PEOPLE = (
    "identity_unclear",
    "at_bureau",
    "received_on",
)  # what the item's registration finds as the letter's did
LONG_AGO = 4000
FORMS = tuple((choice.code, accused) for choice in PURPOSES for accused in ("outside", 1))
BY = DOERS[0]


class Beginning(Step):
    """The item that `split` begins, not what that does to the letter: where it may stand, and nothing that could be counted on."""

    def __init__(self, edition: Edition, outlines: Outlines) -> None:
        super().__init__(edition.actions["split"], outlines)
        self.register: Action = edition.actions["register"]
        terms = [prefix + term for term in KEPT_TERMS for prefix in (CLOCK, LATE)]
        self.kept = frozenset((*KEPT_MARKS, *OF_THE_PEOPLE, *terms))
        self._mask = outlines.mask((*self.kept, "nature"))
        self._begun: dict[int, Found] = {}

    def wanted(self, after: frozenset[str]) -> frozenset[str]:
        """What must be told apart in a letter, where that is told apart in an item: what goes along, and what decides about its terms."""
        return (after & self.kept) | {"nature", "accepted_on", "extended_on", "clock handle", "clock extend"}

    def leads(self, number: int) -> Found:
        """Where the items of a letter in this situation may stand."""
        if (found := self._begun.get(number & self._mask)) is None:
            may = {change: way for ago in (0, LONG_AGO) for change, way in self._items(number, ago)}
            found = self._begun[number & self._mask] = Found(number & PLACE, may, set(), set())
        return found

    def item(self, letter: Snapshot, form: int, now: datetime) -> Snapshot:
        """The item of a letter."""
        purpose, accused = FORMS[form]
        marks = letter.marks
        facts: dict[str, Any] = {
            "channel": "letter", "received_on": marks.get("received_on"), "purpose": purpose, "accused": accused, "office": 1, "staff": 2,
            "identity_unclear": bool(marks.get("identity_unclear")), "at_bureau": bool(marks.get("at_bureau")),
        }  # fmt: skip
        registered = engine.effects_of(self.register, situation(Snapshot(), facts, BY, now))
        return engine.apply(Snapshot(), begun(situation(letter, facts, BY, now), registered))

    def forms(self, letter: Snapshot) -> Iterator[int]:
        """The ways to fill in what the item is: an accusation is never taken out of an open letter (Art. 30)."""
        sealed = nature(letter.marks) == "accusation"
        return (form for form, (purpose, _) in enumerate(FORMS) if sealed or purpose != "accusation")

    def _items(self, number: int, ago: int) -> Iterator[tuple[Change, Way]]:
        letter = self._letter(number, ago)
        for form in self.forms(letter):
            yield self._change(number, self.item(letter, form, NOW)), Way(BY, "clerk", form)

    def _letter(self, number: int, ago: int) -> Snapshot:
        """As much of a letter as its item asks for, everything recorded so many days ago."""
        outlines, marks = self.outlines, {}
        for name in (*KEPT_MARKS, *OF_THE_PEOPLE, "nature"):
            if there := number >> outlines.place(name) & PLACE:
                marks[name] = outlines.kept(name, there, ago)
        run = [term for term in KEPT_TERMS if number & outlines.running(term)]
        clocks = {term: running(term, bool(number & outlines.late(term)), ago) for term in run}
        return Snapshot("registered", clocks=clocks, marks=marks)

    def _change(self, number: int, item: Snapshot) -> Change:
        """What of the letter's situation the item keeps, and what else is there."""
        whole, outlines = self.outlined(item), self.outlines
        same = [name for name in self.kept if not (number ^ whole) & PLACE << outlines.place(name)]
        kept = outlines.mask(same) & ~PLACE
        return kept, whole & ~kept

    def outlined(self, item: Snapshot) -> int:
        """The situation that a snapshot is in, among those in which a matter begins."""
        outlines = self.outlines
        marks = sum(outlines.mark(name, kept) for name, kept in item.marks.items())
        run = sum(outlines.running(term) for term in item.clocks)
        late = sum(outlines.late(term) for term, clock in item.clocks.items() if clock.due < TODAY)
        return [*STATES].index(item.state) + 1 + marks + run + late
