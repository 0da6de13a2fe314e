"""In which order a page sent what was typed: what comes late is not put over what is newer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

TURN = "turn"  # among what is kept of a draft
TURNS = re.compile("([0-9a-z]{1,16})-([0-9]{1,9})")


def turn_of(sent: Mapping[str, Any]) -> str:
    """The turn that a page sent along; "" if none, or none that can be read."""
    turn = str(sent.get(TURN, ""))
    return turn if TURNS.fullmatch(turn) else ""


def overtaken(stored: Mapping[str, Any], turn: str) -> bool:
    """Whether the page that sends this has been heard of since. `turn` is a page's own mark and its growing number, "k3x9-12"; pages
    are not compared with each other. What comes without one is never overtaken."""
    new, last = TURNS.fullmatch(turn), TURNS.fullmatch(str(stored.get(TURN, "")))
    return bool(new and last and new[1] == last[1] and int(new[2]) < int(last[2]))


def is_typed(data: Mapping[str, Any]) -> bool:
    """Whether a draft holds anything beside its turn."""
    return any(value for name, value in data.items() if name != TURN)
