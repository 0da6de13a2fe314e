"""The editions of the procedure. Adding one is adding a file and naming it here; a matter keeps the one it began under.

An edition's file may take over steps and terms of another and put its own in their place (`dataclasses.replace`); new matters are
registered under it from the day on which it is in force.
"""

from __future__ import annotations

from datetime import date

from huiyin.procedure.actions import Edition
from huiyin.procedure.editions import regulations_2022

EDITIONS: dict[str, Edition] = {edition.code: edition for edition in (regulations_2022.EDITION,)}
CURRENT = regulations_2022.EDITION.code  # of the demonstration, the simulation, and commands that are told no other


def edition(code: str) -> Edition:
    """The edition of that code; KeyError if there is none."""
    return EDITIONS[code]


def in_force(day: date) -> Edition:
    """The edition under which a matter is registered on that day; before the first, the first."""
    known = sorted(EDITIONS.values(), key=lambda each: each.in_force)
    return next((each for each in reversed(known) if each.in_force <= day), known[0])
