"""Which step comes next, by whom, with which facts: drawn from the table of the procedure and the policy, nothing else.

Weights only say what an office does more often; a step that this file doesn't know has a weight too.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from huiyin.cases.models import Case
from huiyin.cases.snapshots import situation
from huiyin.kernel import clock as time
from huiyin.people.policy import Actor
from huiyin.procedure import engine
from huiyin.procedure.actions import Action, Snapshot
from huiyin.procedure.editions import edition
from huiyin.simulation.filling import Filler

SELDOM = {
    "lead": 0.15, "inform": 0.15, "forward": 0.3, "take_duty": 0.2, "withdraw": 0.05, "succeed": 0.03, "hand_over": 0.25, "note": 0.2,
    "add_material": 0.15, "extend": 0.3, "call_hearing": 0.1, "settle": 0.25, "break_agreement": 0.3, "return": 0.3, "return_duty": 0.3,
    "reroute_duty": 0.2, "recall_direction": 0.1, "convert": 0.3, "request_review": 0.25, "request_rereview": 0.4, "evaluate": 0.6,
    "simple_accept": 0.6, "take_back": 0.5, "object": 0.5, "return_review": 0.3, "return_rereview": 0.3, "transfer_sealed": 8.0,
    "urge": 0.1, "ask_explanation": 0.06, "supervise": 0.04, "order_again": 0.05, "explain": 0.25, "answer_supervision": 0.2,
    "reclassify": 0.05, "object_outside": 0.3, "dispute": 0.1, "urgent": 0.05, "propose_simple": 0.3, "resume": 0.3, "split": 0.05,
}  # fmt: skip
ONWARD, BESIDE = 4.0, 0.3
RINGS = frozenset(
    {"urge", "ask_explanation", "supervise", "order_again", "return"}
)  # bulk loads ring nothing by themselves


@dataclass(frozen=True)
class Choice:
    """A step that could be taken now."""

    action: Action
    by: Actor
    facts: dict[str, Any]


class Chooser:
    """Chooses by chance; the same chance gives the same choices."""

    def __init__(self, filler: Filler, chance: random.Random) -> None:
        self._filler, self._chance = filler, chance

    def choose(self, case: Case, snapshot: Snapshot, *, now: datetime, quiet: bool = False) -> Choice | None:
        """The next step on a case that stands like that; None where nothing can be done today. `quiet` leaves out those
        that ring by themselves."""
        left = {
            action.name: action
            for action in edition(case.edition).from_state(snapshot.state)
            if not (quiet and action.name in RINGS)
        }
        while left:
            names = list(left)
            name = self._chance.choices(names, [_weight(left[name], snapshot) for name in names])[0]
            if choice := self._try(left.pop(name), case, snapshot, now, quiet):
                return choice
        return None

    def _try(self, action: Action, case: Case, snapshot: Snapshot, now: datetime, quiet: bool) -> Choice | None:
        doers = self._filler.roster.doers(action, case)
        for by in self._chance.sample(doers, min(3, len(doers))):
            at = situation(snapshot, {}, by=by, now=now, calendar=self._filler.roster.house.calendar)
            if engine.obstacles(action, at, early=True):
                continue
            facts = self._filler.fill(action, case, snapshot, by, time.on(now), quiet=quiet)
            if facts is not None:
                return Choice(action, by, facts)
        return None


def _weight(action: Action, snapshot: Snapshot) -> float:
    if action.name in SELDOM:
        return SELDOM[action.name]
    if action.name == "investigate":
        return BESIDE if snapshot.marks.get("findings") else ONWARD
    moves = action.target not in (None, snapshot.state)
    return ONWARD if moves or action.milestone or action.name.startswith("tell_") else BESIDE
