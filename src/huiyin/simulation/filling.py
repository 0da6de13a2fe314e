# data: invented facts; nobody sees them
"""Fills in the form of any step of the procedure from its fields, so that a reasonable office could have filled it in like that.

Knows no step by name: a field's kind decides, and for a few names what the word means (a day to come, a sum that was paid).
"""

from __future__ import annotations

import io
import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from huiyin.cases import petitioners
from huiyin.cases.agents import ENDING
from huiyin.cases.facts import MOST_CLAIMS
from huiyin.cases.models import Case
from huiyin.documents import services as documents
from huiyin.documents.models import StoredFile
from huiyin.kernel import clock
from huiyin.people.policy import Actor
from huiyin.procedure.actions import Action, Field, Snapshot
from huiyin.procedure.editions.effects_persons_2022 import VALID
from huiyin.procedure.editions.forms_2022 import RESULTS_FOR
from huiyin.procedure.editions.guards_2022 import nature
from huiyin.procedure.editions.guards_tasks_2022 import open_tasks
from huiyin.procedure.editions.persons_2022 import FOR_ALL, OWN_PART, SCOPE_OF
from huiyin.simulation.house import Roster, pick

AHEAD = {
    "until_on": (30, 300),
    "limit_on": (5, 55),
    "perform_by": (3, 40),
    "hearing_on": (1, 9),
    "answer_by": (3, 20),
    "due_on": (3, 20),
}
FIXED = {
    "money": "no", "how": "spoken", "reached": "answered", "purpose": "", "topic": "", "phone": "13800000000",
    "parties": "本人\n模拟公司", "joined": "钱有福，13800000001，湖滨路3号", "members": "", "id_number": "",
}  # fmt: skip
WRONGLY_AN_ACCUSATION, ANOTHER_OFFICE_TOO, BY_FAMILY = 0.1, 0.5, 0.4
TOLD = "本人"
PLACES = frozenset({"office", "staff"})
ASKS_THE_LIVING = FOR_ALL | {OWN_PART, "authorise"}
OF_PEOPLE = frozenset({"several", "member", "members", "agent", "roster"})


@dataclass(frozen=True)
class Filler:
    """Fills in forms on one day."""

    roster: Roster
    chance: random.Random

    def fill(
        self, action: Action, case: Case, snapshot: Snapshot, by: Actor, today: date, *, quiet: bool = False
    ) -> dict[str, Any] | None:
        """The facts of a step; None where nobody could receive the matter, or nothing is wrong with how it was registered."""
        facts: dict[str, Any] = {}
        if action.name in FOR_ALL and not _all_can_agree(case):
            return None
        for known in action.fields:
            if known.kind in OF_PEOPLE or known.name == "people_count":
                facts[known.name] = self._people(known, action, case, snapshot)
            elif known.kind not in PLACES:
                facts[known.name] = self._value(known, snapshot, facts, today, by)
        if facts.get("joined") and case.petitioners.filter(name=FIXED["joined"].split("，")[0]).exists():
            facts["joined"] = ""
        if facts.get("basis") == "oral":
            facts["scope"] = ["papers", "receive"]
        if quiet:
            facts |= {name: _without_refusals(facts[name]) for name in ("claims",) if name in facts}
        if "purpose" in facts and nature(snapshot.marks) == "accusation":
            if "leader" not in by.roles or self.chance.random() > WRONGLY_AN_ACCUSATION:
                return None
            facts["purpose"] = "appeal"
        return self._with_places(facts, action, case, snapshot, by)

    def _with_places(
        self, facts: dict[str, Any], action: Action, case: Case, snapshot: Snapshot, by: Actor
    ) -> dict[str, Any] | None:
        """Who receives it or is asked, and which other office is concerned."""
        names = {known.name for known in action.fields if known.kind in PLACES}
        if "staff" in names:
            receiver = self._receiver(action, case, snapshot, by)
            if receiver is None:
                return None
            facts |= {"office": receiver.office_id, "staff": receiver.staff_id}
        facts |= {
            known.name: known.choices[0].code
            for known in action.fields
            if known.kind == "office" and known.required and known.choices
        }
        if "with_office" in names and self.chance.random() < ANOTHER_OFFICE_TOO:
            others = [office for office in self.roster.house.offices if office != case.office_id]
            facts |= {"with_office": self.chance.choice(others), "with_body": ""}
        return facts

    def _receiver(self, action: Action, case: Case, snapshot: Snapshot, by: Actor) -> Actor | None:
        before = (snapshot.marks.get(name) or () for name in ("hands", "revoked_of"))
        spared = {snapshot.responsible}.union(*before)
        accused = self.roster.house.offices.get(snapshot.marks.get("accused") or 0)
        for candidates in self.roster.receivers(action, by, case):
            far = [one for one in candidates if accused is None or not one.office_path.startswith(accused.path)]
            if found := pick(self.chance, far, spared):
                return found
        return None

    def _people(self, known: Field, action: Action, case: Case, snapshot: Snapshot) -> Any:
        """Who of the people of a matter: one of several, the first of those with a name, or whoever may act for them."""
        if known.kind == "several":
            return [choice.code for choice in known.choices] if known.required else []
        if known.kind == "agent":
            return self._agent(action, snapshot)
        rows = list(case.petitioners.order_by("pk")) if case.pk and known.kind != "roster" else []
        rows = petitioners.living(case, rows) if action.name in ASKS_THE_LIVING else rows
        if known.name == "people_count":
            return max(case.people_count, len(rows) + 1)
        named = [row.number for row in rows if row.name]
        if known.kind == "members":
            return named if known.name == "also" else named[:1] if known.name == "representatives" else []
        return self.chance.choice(named) if named and (known.required or len(rows) > 1) else None

    def _agent(self, action: Action, snapshot: Snapshot) -> int | None:
        """Somebody who may take that step for the petitioner, now and then; one that is to be revoked always."""
        known, scope = snapshot.marks.get("agents") or {}, SCOPE_OF.get(action.name)
        valid = {number: each for number, each in known.items() if each["state"] == VALID}
        if action.name in ENDING:
            guardian = action.name == "end_guardianship"
            able = [number for number, each in valid.items() if (each["basis"] == "guardian") == guardian]
            return int(self.chance.choice(able)) if able else None
        able = [number for number, each in valid.items() if scope in each["scope"]]
        return int(self.chance.choice(able)) if able and self.chance.random() < BY_FAMILY else None

    def _value(self, known: Field, snapshot: Snapshot, facts: Mapping[str, Any], today: date, by: Actor) -> Any:
        if known.name == "held":
            return "not" if (snapshot.marks.get("hearing_on") or "") > today.isoformat() else "held"
        if known.kind == "date":
            return self._day(known, snapshot, facts, today)
        if known.kind in ("choice", "rating"):
            return self._choice(known, snapshot)
        if known.kind == "claims":
            return self._claims(known, snapshot)
        if known.kind == "requests":
            return list(range(1, MOST_CLAIMS + 1))
        if known.kind == "number":
            return self.chance.randint(max(known.least, 1), min(known.most, 30))
        if known.kind == "files":
            return [_paper()] if known.required or facts.get("way") == "letter" or "basis" in facts else []
        if known.kind == "task":
            return self._task(snapshot, by)
        if known.kind == "person":
            return []
        return True if known.kind == "yes" else FIXED.get(known.name, TOLD if known.kind == "line" else "模拟记录。")

    def _day(self, known: Field, snapshot: Snapshot, facts: Mapping[str, Any], today: date) -> str:
        if known.name == "execute_by":
            wanted = (
                any(claim["result"] == "supported" for claim in facts.get("claims", ()))
                or facts.get("outcome") == "change"
            )
            return self._ahead(today, 3, 30) if wanted else ""
        if known.name == "result_due_on":
            return self._ahead(today, 10, 50) if facts.get("mode") == "assign" else ""
        return self._ahead(today, *AHEAD[known.name]) if known.name in AHEAD else today.isoformat()

    def _task(self, snapshot: Snapshot, by: Actor) -> str:
        """A task that waits: one that the person was asked about, if there is one."""
        waiting = open_tasks(snapshot.marks)
        own = [
            number for number, task in waiting.items() if by.staff_id == task["staff"] or by.office_id == task["office"]
        ]
        return self.chance.choice(own or list(waiting) or [""])

    def _ahead(self, today: date, least: int, most: int) -> str:
        return (today + timedelta(days=self.chance.randint(least, most))).isoformat()

    def _choice(self, known: Field, snapshot: Snapshot) -> str:
        codes = [choice.code for choice in known.choices]
        if FIXED.get(known.name, "-") in (*codes, ""):
            return FIXED[known.name]
        if known.kind == "rating":
            return self.chance.choices(["satisfied", "mostly", "dissatisfied"], (6, 3, 1))[0]
        if "unknown" in codes:
            return (
                "unknown"
                if snapshot.marks.get("identity_unclear")
                else self.chance.choice([code for code in codes if code != "unknown"])
            )
        return self.chance.choice(codes)

    def _claims(self, known: Field, snapshot: Snapshot) -> list[dict[str, Any]]:
        answers = [
            code
            for code in RESULTS_FOR[nature(snapshot.marks)]
            if not (snapshot.marks.get("simple") and code == "not_supported")
        ]
        return [
            {
                "text": f"请求{number}",
                "of": number,
                "result": self.chance.choice(answers or ["answered"]),
                "reason": "查明了。",
                "basis": "《办法》第六条",
                "ground": "facts",
                "money": "no",
            }
            for number in range(1, self.chance.randint(1, 2) + 1)
        ]


def _all_can_agree(case: Case) -> bool:
    """Whether everybody who brings a matter is alive and named; who is only counted agrees to nothing."""
    if not case.pk:
        return case.people_count == 1
    rows = list(case.petitioners.all())
    there = petitioners.living(case, rows)
    named = sum(bool(row.name) for row in there)
    return bool(there or not rows) and petitioners.left_of(case, rows) <= max(1, named)


def _paper() -> int:
    """The one paper that is added where a step asks for it."""
    kept = StoredFile.objects.order_by("pk").first()
    return (kept or documents.keep(io.BytesIO("模拟材料".encode()), name="材料.txt", by="模拟", now=clock.now())).pk


def _without_refusals(claims: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        claim | {"result": "explained" if claim["result"] == "not_supported" else claim["result"]} for claim in claims
    ]
