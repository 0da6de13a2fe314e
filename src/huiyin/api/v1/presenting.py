"""From a case to the shapes of the API."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from huiyin.cases import queries
from huiyin.cases.models import Case, CaseEvent, Clock
from huiyin.kernel.clock import ZONE
from huiyin.orgs import queries as orgs
from huiyin.people.policy import Actor
from huiyin.procedure.actions import Field
from huiyin.procedure.deadlines import compute
from huiyin.procedure.editions import edition
from huiyin.procedure.states import STATES
from huiyin.procedure.words import Words

Shape = dict[str, Any]


def row(case: Case) -> Shape:
    """A line of the list."""
    return {
        "no": case.no, "title": case.title, "state": case.state, "state_name": _words(STATES[case.state].name),
        "channel": case.channel, "received_on": case.received_on, "due_on": case.due_on,
        "office": case.office.name if case.office else "", "responsible": case.responsible.name if case.responsible else "",
    }  # fmt: skip


def whole(case: Case, *, by: Actor, now: datetime) -> Shape:
    """A case with its clocks, events, papers, and the steps open to this actor; the receipt code is told once, to who registers."""
    return row(case) | {
        "version": case.version,
        "text": case.text,
        "clocks": [clock(item) for item in case.clocks.all()],
        "events": [event(case, item) for item in case.events.all()],
        "actions": [action(step) for step in queries.steps(by, case, now=now)],
        "attachments": [attachment(item.file) for item in case.files.all()],
    }


def clock(item: Clock) -> Shape:
    """A term with how its date was found."""
    term = rule = item.rule
    return {
        "term": item.term, "name": _words(term.name), "article": term.article, "start": item.start_on, "days": item.days,
        "raw": item.raw_on, "due": item.due_on, "internal_due": item.internal_on, "provisional": item.provisional,
        "stopped_on": item.stopped_on, "outcome": item.outcome,
        "explanation": _words(compute(rule, item.start_on, orgs.calendar()).explanation),
    }  # fmt: skip


def event(case: Case, item: CaseEvent) -> Shape:
    """One act as it was recorded."""
    return {
        "seq": item.seq, "action": item.action, "name": _words(edition(case.edition).action(item.action).done), "at": item.at.astimezone(ZONE),
        "by": item.by_name, "to_state": item.to_state, "facts": item.facts,
    }  # fmt: skip


def action(step: queries.Step) -> Shape:
    """A step that the table holds here, with the fields it needs and what still stands in its way."""
    known = step.action
    return {
        "name": known.name, "label": _words(known.label), "article": known.article, "possible": step.possible,
        "reasons": [_words(reason) for reason in step.reasons], "fields": [field(item) for item in known.fields],
    }  # fmt: skip


def field(item: Field) -> Shape:
    """One thing to be recorded."""
    return {
        "name": item.name, "kind": item.kind, "label": _words(item.label), "required": item.required,
        "choices": [choice.code for choice in item.choices],
    }  # fmt: skip


def attachment(file: Any) -> Shape:
    """A paper of the case."""
    return {"id": file.pk, "name": file.name, "mime": file.mime, "size": file.size, "sha256": file.sha256}


def _words(words: Words) -> dict[str, str]:
    return {"zh": words.zh, "en": words.en}
