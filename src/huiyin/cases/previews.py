"""What a step would do, before it is taken: the clocks it moves, and the opinion as it would read. Nothing is written.

A draft is looked at while it is incomplete, so gaps are marked and never refused here; the step itself refuses them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from huiyin.cases import letters
from huiyin.cases.letter_contents.ordinary import OUTCOMES
from huiyin.cases.models import Case
from huiyin.cases.snapshots import situation, snapshot_of
from huiyin.documents.letters.content import Letter, build
from huiyin.documents.letters.parts import Block, LetterIncompleteError
from huiyin.kernel import clock as time
from huiyin.orgs import queries as orgs
from huiyin.people.policy import Actor
from huiyin.procedure import engine
from huiyin.procedure.actions import Action
from huiyin.procedure.editions import edition
from huiyin.procedure.editions.effects_routes_2022 import DaysUntil
from huiyin.procedure.editions.guards_2022 import OUTCOMES_OF_ART_32

GAP = "＿＿＿＿"  # data: a blank line in a letter that is being drafted
UNANSWERED = "\ue000"  # stands for an answer that is not written yet, until the letter is laid out

_DRAFTED_BY = {"review_opinion": "draft_review", "rereview_opinion": "draft_rereview", "duty_reply": "draft_duty"}
_SIGNED = {
    "issue_review": "review_opinion", "return_review": "review_opinion",
    "issue_rereview": "rereview_opinion", "return_rereview": "rereview_opinion", "return_duty": "duty_reply",
}  # fmt: skip


def clock_changes(
    case: Case, step: Action, facts: Mapping[str, Any], *, by: Actor, now: datetime
) -> list[dict[str, Any]]:
    """The clocks that the step would stop and start with these facts; numbers not given yet count as their most. A clock whose day
    is to be named and isn't yet is `open`."""
    known = {field.name: field.most for field in step.fields if field.kind == "number"}
    given = {name: value for name, value in facts.items() if value not in (None, "")}
    changes = engine.clock_changes(
        step, situation(snapshot_of(case), known | given, by=by, now=now, law=edition(case.edition))
    )
    unnamed = {
        start.term for start in step.starts if isinstance(start.days, DaysUntil) and start.days.name not in given
    }
    return [change | {"open": change["op"] == "start" and change["term"] in unnamed} for change in changes]


def superior_of(case: Case) -> str:
    """Who would review the unit's opinion (Art. 35), as the unit has it on record."""
    return orgs.unit_of(case.office).superior if case.office else ""


def opinion(case: Case, facts: Mapping[str, Any], *, now: datetime) -> Letter | None:
    """The opinion as it reads so far, without a number; gaps are marked. None for a matter that was not accepted, or not again."""
    whole = {
        "claims": [_filled(claim) for claim in facts.get("claims") or [{"text": GAP}]],
        "facts": facts.get("facts") or GAP,
        "superior": facts.get("superior") or GAP,
        "attachments": facts.get("attachments", ""),
    }
    kind = letters.answer_kind(case)
    try:
        letter = build(kind, letters.preview(case, kind, whole, on=time.on(now)))
    except LetterIncompleteError:
        return None  # what is drafted has marks for its gaps: the day of acceptance is missing
    more = replace(letter.answer, more=letter.answer.more.replace(UNANSWERED, GAP)) if letter.answer else None
    return replace(letter, blocks=tuple(_marked(block) for block in letter.blocks), answer=more)


def drafted(case: Case, step: str, *, now: datetime) -> Letter | None:
    """The letter as it was drafted, for whoever signs it with this step or sends it back; None where there is nothing to read."""
    kind = letters.answer_kind(case) if step in {"approve", "issue", "return"} else _SIGNED.get(step, "")
    drafts = [event.facts for event in case.events.all() if event.action == _DRAFTED_BY.get(kind, "draft")]
    if not kind or not drafts:
        return None
    if kind not in _DRAFTED_BY:
        return opinion(case, drafts[-1], now=now)
    try:
        return build(kind, letters.preview(case, kind, drafts[-1], on=time.on(now)))
    except LetterIncompleteError:
        return None  # the step says what is missing


def _filled(claim: Mapping[str, str]) -> dict[str, str]:
    answered = bool(claim.get("result"))
    return {
        "text": claim.get("text") or GAP,
        "result": claim["result"] if claim.get("result") in OUTCOMES else "answered",
        "reason": (claim.get("reason") or GAP) if answered else UNANSWERED,
        "basis": claim.get("basis") or (GAP if claim.get("result") in OUTCOMES_OF_ART_32 else ""),
        "ground": claim.get("ground", ""),
    }


def _marked(block: Block) -> Block:
    return replace(block, text="") if UNANSWERED in block.text else block


def finished_opinion(case: Case, facts: Mapping[str, Any], *, now: datetime) -> Letter:
    """The opinion exactly as it would be issued, but without a number. Raises Refused naming what is missing."""
    kind = letters.answer_kind(case)
    data = letters.preview(case, kind, facts, on=time.on(now))
    letters.check(kind, data)
    return build(kind, data)
