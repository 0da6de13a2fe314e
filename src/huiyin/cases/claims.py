"""诉求: what a matter asks, as it was registered and split, held against what is answered (Art. 32) or agreed on (Art. 33).

The record tells what is asked: a draft may put a request in other words or leave one out, but never makes it forgotten. Each row of
an opinion says in `of` which request it answers (without it, the one with the same words), and keeps other words in `was`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from huiyin.cases.models import CaseEvent

ASKING = frozenset({"register", "import_closed", "split"})
Rows = list[dict[str, Any]]


def asked(events: Iterable[CaseEvent]) -> list[str]:
    """The requests of a matter whose events are given in order, as they were registered or, after a split, stayed with it."""
    lists = [event.facts["claims"] for event in events if event.action in ASKING and event.facts.get("claims")]
    return [claim["text"] for claim in lists[-1]] if lists else []


def standing(events: Iterable[CaseEvent]) -> Rows:
    """The requests as recorded last, with their answers, each with the number of the one that it answers."""
    history = list(events)
    lists = [event.facts["claims"] for event in history if event.facts.get("claims")]
    wanted = asked(history)
    return [_beside(claim, wanted) for claim in lists[-1]] if lists else []


def known(facts: Mapping[str, Any], events: Iterable[CaseEvent]) -> dict[str, Any]:
    """What the record says that a step which answers requests must know: which ones it leaves out (`omitted`, in their words), or which
    ones an agreement or a reply doesn't cover (`uncovered`, by their number)."""
    if "left_out" in facts:
        wanted = asked(events)
        rows = [_beside(claim, wanted) for claim in facts["claims"]]
        answered = {wanted[row["of"] - 1] for row in rows if "of" in row}
        return {"claims": rows, "omitted": [text for text in wanted if text not in answered]}
    if "covers" in facts:
        numbers = range(1, len(asked(events)) + 1)
        covered = [number for number in numbers if number in facts["covers"]]
        return {"covers": covered, "uncovered": [number for number in numbers if number not in covered]}
    return {}


def _beside(claim: Mapping[str, Any], wanted: list[str]) -> dict[str, Any]:
    """A row with the number of the request that it answers, and the words of that one where its own are others."""
    row = {name: value for name, value in claim.items() if name not in ("of", "was")}
    same = wanted.index(row["text"]) + 1 if row["text"] in wanted else 0
    number = claim.get("of") or same
    if not 0 < number <= len(wanted):
        return row
    was = wanted[number - 1]
    return row | {"of": number} | ({"was": was} if was != row["text"] else {})
