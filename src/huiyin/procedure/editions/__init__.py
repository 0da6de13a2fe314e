"""The editions of the procedure. Adding one is adding a file and naming it here; a matter keeps the one it began under."""

from __future__ import annotations

from huiyin.procedure.actions import Edition
from huiyin.procedure.editions import regulations_2022

EDITIONS: dict[str, Edition] = {edition.code: edition for edition in (regulations_2022.EDITION,)}
CURRENT = regulations_2022.EDITION.code


def edition(code: str) -> Edition:
    """The edition of that code; KeyError if there is none."""
    return EDITIONS[code]
