"""A campaign in the small office: planned by the leader, for the section, the other section and the sister unit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest

from huiyin.screening import campaigns, findings, queries, sheets
from huiyin.screening.models import Campaign, Finding, Sheet
from huiyin.screening.questions import field_of
from tests.world import NOW, World

QUESTIONS: list[dict[str, Any]] = [
    {"text": "有没有补贴没有按时发？", "kind": "yes_no", "asks_finding": True},
    {"text": "涉及多少人？", "kind": "number", "counts_people": True},
    {"text": "从哪里知道的？", "kind": "choice", "options": "走访/来电/座谈会"},
    {"text": "还有什么要说的？", "kind": "text"},
]
PLAN: dict[str, Any] = {
    "title": "冬季取暖补贴排查", "kind": "regular", "scope": "focused", "policy": "《供暖补贴办法》", "place": "湖滨路片区",
    "starts_on": "2026-03-02", "ends_on": "2026-03-13", "asked_on": "2026-03-13", "questions": QUESTIONS,
}  # fmt: skip
FOUND = {
    "description": "湖滨路十二户的补贴三个月没有到账。",
    "place": "湖滨路",
    "people_count": "12",
    "due_on": "2026-03-20",
}


@dataclass
class Round:
    """A screening under way; `sheet("section")` is that office's, `answer(...)` what is typed into it."""

    world: World
    campaign: Campaign

    def sheet(self, office: str) -> Sheet:
        pk = Sheet.objects.get(campaign=self.campaign, office=getattr(self.world, office)).pk
        return queries.sheet(self.world.actor("leader"), pk)

    def answer(self, *values: str, found: str = "nothing") -> dict[str, str]:
        given = values or ("no", "0", "走访", "无")
        names = [field_of(question) for question in self.campaign.questions.all()]
        return dict(zip(names, given, strict=True)) | {"found": found}

    def hand_in(
        self, office: str, by: str, *values: str, step: str = "sign", now: datetime = NOW, found: str = "nothing"
    ) -> Sheet:
        sheet, typed = self.sheet(office), self.answer(*values, found=found)
        return sheets.hand_in(
            sheet, by=self.world.actor(by), now=now, typed=typed, version=sheet.version, step=step
        )  # fmt: skip

    def find(self, office: str = "section", by: str = "handler", **facts: str) -> Finding:
        owner = {"owner": str(self.world.staff["handler"].pk)}
        made = findings.add(
            self.sheet(office), by=self.world.actor(by), now=NOW + timedelta(minutes=1), typed={**FOUND, **owner, **facts}
        )  # fmt: skip
        return queries.finding(self.world.actor("leader"), made.pk)


def planned(world: World, *, by: str = "leader", now: datetime = NOW, offices: Any = None, **facts: Any) -> Campaign:
    places = [world.section, world.other, world.sister] if offices is None else offices
    typed = {**PLAN, "offices": [str(each.pk) for each in places], "runner": str(world.staff[by].pk), **facts}
    return campaigns.plan(by=world.actor(by), now=now, typed=typed)


@pytest.fixture
def underway(world: World) -> Round:
    """A campaign that runs, with three sheets."""
    campaign = queries.campaign(world.actor("leader"), planned(world).pk)
    return Round(world, campaigns.start(campaign, by=world.actor("leader"), now=NOW))
