"""Says where a settled matter would be owed something for ever: a term of the office that runs on, or a mark that keeps something
owed, which no step of the office ends any more. Its alarm would ring as long as the matter is kept.

A walk tells situations apart by what a step to another state depends on; what only runs along is followed through it here: by every
move, what may run or be owed in one situation is carried into the next. That takes too much for possible rather than too little.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from huiyin.procedure.situations import CLOCK, CODES, PLACE
from huiyin.procedure.states import STATES
from huiyin.procedure.terms import TERMS
from huiyin.procedure.trying import Change, Found
from huiyin.procedure.walking import Walk
from huiyin.procedure.words import Words

OWED = {
    "tasks": Words("协办的回复", "the answer to a task"),
    "result_owed": Words("办理结果", "the result"),
    "hearing_since": Words("听证结果", "the end of a hearing"),
    "feedback_owed": Words("督办反馈", "feedback to a supervisory letter"),
    "explanation_owed": Words("情况说明", "an explanation that was asked for"),
    "execution_due_on": Words("支持的请求的执行", "carrying out what was supported"),
}
Pair = tuple[int, int]


class Followed:
    """What may run or be owed in each situation (`owing`), in the places of these names."""

    def __init__(self, found: Walk) -> None:
        place = found.outlines.place
        self.found = found
        self.places = {name: PLACE << place(name) for name in _names(found)}
        self._due, self._done = (PLACE << place(name) for name in ("execution_due_on", "executed_on"))
        self._mask = sum(self.places.values())
        self._reduced: dict[Change, Pair] = {}
        self._leads: dict[Found, list[tuple[int, int, int, int]]] = {}
        self.owing: dict[int, int] = {0: 0}
        self._follow()

    def reduced(self, change: Change) -> Pair:
        """What a change keeps and puts in these places. What was carried out is owed no more, though its day is kept."""
        if (found := self._reduced.get(change)) is None:
            kept, put = change
            kept &= ~self._due if put & self._done else -1
            found = self._reduced[change] = kept & self._mask, put & self._mask
        return found

    def _follow(self) -> None:
        waiting = deque([0])
        dirty = {0}
        while waiting:
            number = waiting.popleft()
            dirty.discard(number)
            for following, left in self._onward(number):
                before = self.owing.get(following)
                if before is None or left & ~before:
                    self.owing[following] = left | (before or 0)
                    if following not in dirty:
                        dirty.add(following)
                        waiting.append(following)

    def _onward(self, number: int) -> Iterator[Pair]:
        found, whole, owing = self.found, self.found.wholes[number], self.owing[number]
        for step in found.following[number & PLACE]:
            for kept, put, keeps, puts in self._led(step.leads(whole), found.keep[step.target or number & PLACE]):
                yield whole & kept | put, owing & keeps | puts
        for passing in found.passing[number & PLACE]:
            if passing.touches(number):
                yield found.told_apart(whole + passing.change), owing

    def _led(self, led: Found, keep: int) -> list[tuple[int, int, int, int]]:
        """What a step may lead to, told apart by the places `keep`, each with all that may be kept and put in these places by it."""
        if (known := self._leads.get(led)) is None:
            both: dict[Change, Pair] = {}
            for kept, put, _ in led.apart(keep | self._mask):
                keeps, puts = self.reduced((kept, put))
                before = both.get((kept & keep, put & keep), (0, 0))
                both[kept & keep, put & keep] = before[0] | keeps, before[1] | puts
            known = self._leads[led] = [(*change, *pair) for change, pair in both.items()]
        return known

    def ended(self) -> dict[int, int]:
        """For each settled situation, in which places the office can bring what is owed to its end."""
        settled = [number for number in self.owing if number and not STATES[CODES[number & PLACE]].open]
        ends = dict.fromkeys(settled, 0)
        moved = True
        while moved:
            moved = False
            for number in settled:
                can = self._can_end(number, ends)
                moved, ends[number] = moved or can != ends[number], can
        return ends

    def _can_end(self, number: int, ends: dict[int, int]) -> int:
        found, whole, can = self.found, self.found.wholes[number], ends[number]
        for step in found.following[number & PLACE]:
            for choice in step.leads(whole).sure if "petitioner" not in step.action.roles else ():
                can |= self._by(whole, choice, ends)
        return can

    def _by(self, whole: int, choice: frozenset[Change], ends: dict[int, int]) -> int:
        """Where everything that may come of a choice ends what is owed, or leads where it can be ended. What is open again is
        handled on."""
        surely = self._mask
        for kept, put in choice:
            keeps, puts = self.reduced((kept, put))
            surely &= ~(keeps | puts) | ends.get(self.found.told_apart(whole & kept | put), -1)
        return surely


def owed_for_ever(found: Walk) -> Iterator[Words]:
    """What may still run or be owed in a settled state, where no step of the office is left that ends it."""
    followed, names = Followed(found), _names(found)
    left = {number: followed.owing[number] & ~can for number, can in followed.ended().items()}
    for name, place in followed.places.items():
        for code in dict.fromkeys(CODES[number & PLACE] for number, owed in left.items() if owed & place):
            state, what = STATES[code].name, names[name]
            yield Words(
                f"到了“{state.zh}”，“{what.zh}”还可能一直欠着，没有一步能了结。",
                f"In “{state.en}”, “{what.en}” may stay owed for ever.",
            )


def _names(found: Walk) -> dict[str, Words]:
    """The terms of the office, which ring, and the marks."""
    known = (start.term for step in found.known.values() for start in step.action.starts)
    return {CLOCK + term: TERMS[term].name for term in dict.fromkeys(known) if TERMS[term].duty == "office"} | OWED
