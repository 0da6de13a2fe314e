"""Which step comes next, by whom, with which facts: drawn from the table of the procedure and the policy, nothing else.

Weights only say what an office does more often; a step that this file doesn't know has a weight too.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from huiyin.cases import holding, people_steps
from huiyin.cases.agents import ENDING
from huiyin.cases.bulk import ONLY_BY_THE_DOOR
from huiyin.cases.models import Alarm, Case
from huiyin.cases.people_steps import NOTICES
from huiyin.cases.snapshots import situation
from huiyin.cases.supervision.asked import ANSWERS
from huiyin.kernel import clock as time
from huiyin.kernel.errors import Refused
from huiyin.people.policy import Actor
from huiyin.procedure import engine
from huiyin.procedure.actions import Action, Snapshot
from huiyin.procedure.editions import edition
from huiyin.simulation.filling import Filler

SELDOM = {
    "lead": 0.06, "inform": 0.15, "forward": 0.6, "take_duty": 0.15, "withdraw": 0.04, "withdraw_own": 0.04, "succeed": 0.03, "hand_over": 0.1, "note": 0.1,
    "add_material": 0.1, "extend": 0.3, "call_hearing": 0.1, "settle": 0.25, "break_agreement": 0.6, "return": 0.3, "return_duty": 0.3,
    "reroute_duty": 0.2, "recall_direction": 0.1, "convert": 0.3, "request_review": 0.6, "request_rereview": 0.6, "evaluate": 0.6,
    "simple_accept": 0.6, "take_back": 0.3, "object": 2.0, "return_review": 0.3, "return_rereview": 0.3, "transfer_sealed": 8.0,
    "urge": 0.1, "ask_explanation": 0.06, "supervise": 0.04, "order_again": 0.05, "order_duty_again": 0.05, "explain": 1.0, "answer_supervision": 1.0,
    "reclassify": 0.05, "name_accused": 0.1, "object_outside": 2.0, "dispute": 0.15, "urgent": 0.05, "propose_simple": 0.3, "resume": 0.3, "decide": 0.05,
    "ask": 0.1, "recall_task": 0.1, "answer_task": 2.0, "split": 0.05, "identify": 0.3, "represent": 0.05, "authorise": 0.05, "revoke_authority": 0.05, "end_guardianship": 0.05,
}  # fmt: skip

ONWARD, BESIDE, TRIED = 4.0, 0.3, 3
RINGING = frozenset(
    {
        "urge",
        "ask_explanation",
        "supervise",
        "order_again",
        "order_duty_again",
        "return",
        "return_duty",
        "return_review",
        "return_rereview",
    }
)  # bulk loads ring nothing
NOT_IN_BULK = ONLY_BY_THE_DOOR | RINGING | ENDING


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
        that a bulk load doesn't take."""
        left = {
            action.name: action
            for action in edition(case.edition).from_state(snapshot.state)
            if action.name not in holding.LINKED and not (quiet and action.name in NOT_IN_BULK)
        }
        while left:
            names = list(left)
            name = self._chance.choices(names, [_weight(left[name], snapshot) for name in names])[0]
            if choice := self._try(left.pop(name), case, snapshot, now, quiet):
                return choice
        return None

    def _try(self, action: Action, case: Case, snapshot: Snapshot, now: datetime, quiet: bool) -> Choice | None:
        for by in islice(self._filler.roster.by_chance(action, case, self._chance), TRIED):
            at = situation(
                snapshot, {}, by=by, now=now, law=edition(case.edition), calendar=self._filler.roster.house.calendar
            )
            if engine.obstacles(action, at, early=True) or not is_theirs(action, case, snapshot, by):
                continue
            facts = self._filler.fill(action, case, snapshot, by, time.on(now), quiet=quiet)
            if facts is not None:
                return Choice(action, by, facts)
        return None


def is_theirs(action: Action, case: Case, snapshot: Snapshot, by: Actor) -> bool:
    """Whether it was asked for, and the tree lets it be done here, by them."""
    if action.name in ANSWERS and not (case.pk and _is_asked(ANSWERS[action.name], case)):
        return False
    if case.pk and people_steps.not_for(action.name, case):
        return False
    if action.name == "notify" and snapshot.marks.get("identity_unclear") and not NOTICES & snapshot.clocks.keys():
        return False  # maybe there is nobody to tell
    try:
        holding.check_place_of(case, action, by=by, running=snapshot.clocks)
    except Refused:
        return False
    return True


def _is_asked(kind: str, case: Case) -> bool:
    return Alarm.objects.filter(case=case.pk, kind=kind, ended_on=None).exists()


def _weight(action: Action, snapshot: Snapshot) -> float:
    if action.name in SELDOM:
        return SELDOM[action.name]
    if action.name == "investigate":
        return BESIDE if snapshot.marks.get("findings") else ONWARD
    if action.name == "report_urgent":
        return ONWARD if "urgent" in snapshot.clocks else 0.05
    moves = action.target not in (None, snapshot.state)
    return ONWARD if moves or action.milestone or action.name.startswith("tell_") else BESIDE
