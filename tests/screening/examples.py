"""One of everything of a screening, for the tests that walk every address."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from huiyin.kernel import clock
from huiyin.screening import campaigns, findings, queries, sheets
from huiyin.screening.models import Campaign, Sheet
from tests.world import World


def typed(world: World, now: datetime, **facts: Any) -> dict[str, Any]:
    today = clock.on(now)
    return {
        "title": "冬季取暖补贴排查", "kind": "regular", "scope": "focused", "policy": "《供暖补贴办法》", "place": "湖滨路片区",
        "starts_on": today.isoformat(), "ends_on": (today + timedelta(days=20)).isoformat(),
        "asked_on": (today + timedelta(days=15)).isoformat(), "runner": str(world.staff["leader"].pk),
        "offices": [str(world.section.pk), str(world.other.pk)],
        "questions": [
            {"text": "有没有补贴没有按时发？", "kind": "yes_no", "asks_finding": True},
            {"text": "从哪里知道的？", "kind": "choice", "options": "走访/来电"},
            {"text": "涉及多少人？", "kind": "number", "counts_people": True},
        ],
    } | facts  # fmt: skip


def make(world: World, *, now: datetime) -> dict[str, int]:
    """A draft, a campaign that runs with an open and a filled sheet of the section, and a finding; their ids."""
    leader, head = world.actor("leader"), world.actor("head")
    planned = campaigns.plan(by=leader, now=now, typed=typed(world, now))
    running = [_started(world, now) for _ in range(2)]
    open_one, filled = [_sheet(world, campaign) for campaign in running]
    finding = _found(world, open_one, now)
    written = queries.sheet(head, filled.pk)
    answers = [f"a{each.pk}" for each in written.campaign.questions.all()]
    given = {**dict(zip(answers, ("no", "走访", "0"), strict=True)), "found": "nothing"}
    sheets.hand_in(written, by=head, now=now, typed=given, version=1, step="fill")
    return {
        "planned": planned.pk, "campaign": running[0].pk, "sheet": open_one.pk, "filled": filled.pk, "finding": finding,
    }  # fmt: skip


def _started(world: World, now: datetime) -> Campaign:
    leader = world.actor("leader")
    made = campaigns.plan(by=leader, now=now, typed=typed(world, now))
    return campaigns.start(queries.campaign(leader, made.pk), by=leader, now=now)


def _sheet(world: World, campaign: Campaign) -> Sheet:
    return Sheet.objects.get(campaign=campaign, office=world.section)


def _found(world: World, sheet: Sheet, now: datetime) -> int:
    due = (clock.on(now) + timedelta(days=10)).isoformat()
    typed = {
        "description": "湖滨路的补贴没有到账。",
        "owner": str(world.staff["handler"].pk),
        "due_on": due,
        "people_count": "12",
    }
    head = world.actor("head")
    return findings.add(queries.sheet(head, sheet.pk), by=head, now=now, typed=typed).pk
