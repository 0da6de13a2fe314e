"""Says of an edition of the procedure where a matter could get stuck, and what in it nothing ever leads to.

Where the walk leaves days out, it takes more for possible than can be; so that this hides nothing, a way to an end must be open on
every day, and what can be done at all is done once by the engine itself, day by day. Neither the petitioner nor the system, which
only acts when a clock ends, is counted on: somebody of the office must be able to go on. Pure: no database.

Matters begin as they are registered, and items that are split off where their letter stands (splitting_2022).
"""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from huiyin.procedure.actions import Edition
from huiyin.procedure.owing import owed_for_ever
from huiyin.procedure.replaying import can_be_taken
from huiyin.procedure.situations import CODES, PLACE
from huiyin.procedure.states import STATES
from huiyin.procedure.trying import Step
from huiyin.procedure.walking import Walk, settled
from huiyin.procedure.words import Words

Choice = frozenset[int]
Pair = tuple[str, str]  # a step, and a role
TRIES = 100  # situations in which the engine is asked for a step, before it counts as never taken
# To what the office can bring every matter by itself; to take one back is the petitioner's alone.
ENDS = frozenset({"archived", "transferred"})


def walk(edition: Edition) -> Walk:
    """Everything that can happen to a matter of this edition; `breaches` is empty when the table keeps its promises."""
    with _nothing_thrown_away():
        found = settled(edition, _idle)
        found.breaches = list(_breaches(found))
    return found


@contextmanager
def _nothing_thrown_away() -> Iterator[None]:
    """A walk makes millions of small things and keeps them; looking through them for what could go takes long and finds nothing."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def _breaches(found: Walk) -> Iterator[Words]:
    yield from _unreached(found)
    yield from _never_taken(found)
    yield from _stuck(found)
    yield from _forgotten(found)
    yield from owed_for_ever(found)


def _unreached(found: Walk) -> Iterator[Words]:
    """States to which no step leads that can be taken."""
    actions = found.edition.actions.values()
    reached = {action.target for action in actions for role in action.roles if (action.name, role) not in found.idle}
    for code in [code for code in STATES if code not in reached]:
        yield Words(f"没有一条路能到“{STATES[code].name.zh}”。", f"Nothing leads to “{STATES[code].name.en}”.")


def _idle(found: Walk) -> set[str]:
    """The steps that somebody whose role may take them never comes to take."""
    found.idle = _unproved(found)
    return {name for name, _ in found.idle}


def _unproved(found: Walk) -> set[Pair]:
    """The steps, each with a role, that nobody comes to take when the days pass as they do."""
    left = {(name, role) for name, step in found.known.items() for role in step.action.roles}
    tries = Counter[Pair]()
    for number, step, role in _takers(found):
        pair = step.action.name, role
        if pair in left and tries[pair] < TRIES:
            tries[pair] += 1
            left -= {pair} if can_be_taken(found, number, step.action, role) else set()
        if not left:
            break
    return left


def _takers(found: Walk) -> Iterator[tuple[int, Step, str]]:
    """Who can take which step in which situation, as the walk sees it; the nearest situations first."""
    for number, whole in found.wholes.items():
        for step in found.following[number & PLACE]:
            yield from ((number, step, role) for role in step.leads(whole).roles)


def _never_taken(found: Walk) -> Iterator[Words]:
    for name, role in sorted(found.idle):
        label = found.edition.action(name).label
        yield Words(f"“{label.zh}”永远轮不到{role}办。", f"“{label.en}” can never be taken by {role}.")


def _stuck(found: Walk) -> Iterator[Words]:
    """States of which some situation has no way to an end any more."""
    for code in dict.fromkeys(CODES[number & PLACE] for number in _lost(found)):
        yield Words(
            f"在“{STATES[code].name.zh}”有走不出去的情形。", f"A matter can get stuck in “{STATES[code].name.en}”."
        )


def _lost(found: Walk) -> list[int]:
    """The situations, the last found first, from which nobody can be sure to bring the matter to an end."""
    ends = {CODES.index(code) for code in ENDS}
    good = {number for number in found.moves if number & PLACE in ends}
    left = [(number, *_choices(found, number)) for number in reversed(found.moves) if number and number not in good]
    before = -1
    while before != len(good):
        before = len(good)
        left = [(number, ones, others) for number, ones, others in left if not _leads_on(number, ones, others, good)]
    return [number for number, _, _ in left]


def _leads_on(number: int, ones: set[int], others: set[Choice], good: set[int]) -> bool:
    """Whether one of the choices leads to good situations alone; then this one is good too."""
    if found := not good.isdisjoint(ones) or any(choice <= good for choice in others):
        good.add(number)
    return found


def _choices(found: Walk, number: int) -> tuple[set[int], set[Choice]]:
    """What the office can bring about in a situation whatever its days are: that of which one thing alone can come, and that of which
    several may; nothing for which it needs the petitioner, nor what may leave all as it is."""
    whole, keep, ones, others = found.wholes[number], found.keep, set(), set()
    for step in found.following[number & PLACE]:
        if "petitioner" not in step.action.roles:
            for choice in step.leads(whole).surely(keep[step.target or number & PLACE]):
                came = [whole & kept | put for kept, put in choice]
                ones.add(came[0]) if len(came) == 1 else others.add(frozenset(came))
    waiting = whole + sum(passing.change for passing in found.passing[number & PLACE] if passing.touches(number))
    return (ones | {found.told_apart(waiting)}) - {number}, others


def _forgotten(found: Walk) -> Iterator[Words]:
    """Open states in which nobody is named as the one who is waited for."""
    for code in found.states:
        if STATES[code].open and not STATES[code].waits_for.zh:
            yield Words(
                f"“{STATES[code].name.zh}”没有写明等谁。", f"“{STATES[code].name.en}” names nobody to wait for."
            )
