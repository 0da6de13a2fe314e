"""What is in the file of a case, as plain values for index.json, events.jsonl and the pages.

Dates are YYYY-MM-DD, moments carry their offset. What opens the case to its petitioner (receipt code and secret) stays out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from huiyin.cases import agents, letter_files
from huiyin.cases.archive.explaining import explain
from huiyin.cases.models import Case, CaseAgent, CaseEvent, CaseFile, CaseLetter, Clock, Evaluation, Petitioner
from huiyin.cases.names import names_in
from huiyin.documents import services as documents
from huiyin.documents.models import StoredFile
from huiyin.kernel.clock import ZONE
from huiyin.orgs import queries as orgs
from huiyin.people.ids import mask_address, mask_id, mask_phone
from huiyin.procedure.calendars import Calendar
from huiyin.procedure.editions.guards_2022 import ASPECTS
from huiyin.procedure.words import Words

FORMAT = "huiyin-archive/1"
LETTER_FORMS = ("pdf", "docx")
LONGEST_NAME = 60
MASKS = {"id_number": mask_id, "phone": mask_phone, "address": mask_address}
_UNSAFE = re.compile(r"[^\w.()〔〕（）-]+")


@dataclass(frozen=True)
class Attachment:
    """A paper of the case and its place in the bundle. `state`: whole, damaged or missing in the store."""

    path: str
    file: StoredFile
    state: str

    @property
    def problem(self) -> Words | None:
        """What is wrong with it, in words."""
        name = self.file.name
        if self.state == "whole":
            return None
        if self.state == "missing":
            return Words(
                f"“{name}”在存储里找不到了，不在包里。", f"“{name}” is missing from the store and not in the bundle."
            )
        return Words(
            f"“{name}”在存储里损坏了，包里是损坏的内容。",
            f"“{name}” is damaged in the store; the bundle holds what is left.",
        )


@dataclass
class Contents:
    """Everything that the bundle says. `made` are the letters' files by their place."""

    case: Case
    index: dict[str, Any]
    events: list[dict[str, Any]]
    attachments: list[Attachment]
    at: datetime
    made: dict[str, bytes] = field(default_factory=dict)


def contents_of(case: Case, *, full: bool = True) -> Contents:
    """The contents for a case as it stands (load it with `queries.find`). Unless `full`, numbers and addresses of its people are masked,
    and letters that hold them left out."""
    events = sorted(case.events.all(), key=lambda event: event.seq)
    files = sorted(case.files.all(), key=lambda row: (row.seq, row.pk))
    attachments = [_kept(place, row) for place, row in enumerate(files, start=1)]
    found = Contents(case, {}, [_event(event) for event in events], attachments, events[-1].at)
    kept = [letter for letter in case.letters.all() if full or letter.kind not in letter_files.WITH_CONTACT]
    letters = [_letter(found, letter) for letter in sorted(kept, key=lambda row: (row.seq, row.pk))]
    names = names_in(case)
    found.index = {
        "format": FORMAT,
        "case": _case(case),
        "petitioners": [_shown(_petitioner(row), full) for row in sorted(names.ever, key=lambda row: row.pk)],
        "agents": [_shown(_agent(row), full) for row in agents.rows(case).values()],
        "claims": [_claim(row) for row in sorted(case.claims.all(), key=lambda row: row.number)],
        "clocks": _clocks(case),
        "letters": letters,
        "attachments": [_attachment(one, row) for one, row in zip(attachments, files, strict=True)],
        "evaluation": _evaluation(case.evaluation),
        "names": {
            "offices": names.offices,
            "staff": names.staff,
            "petitioners": names.petitioners,
            "agents": names.agents,
        },
        "events": {"path": "events.jsonl", "count": len(events)},
    }
    return found


def moment(at: datetime | None) -> str:
    """A moment in the office's zone, to the second."""
    return at.astimezone(ZONE).isoformat(timespec="seconds") if at else ""


def safe_name(name: str) -> str:
    """A file name that every system takes: letters of any script, digits, brackets; its ending stays."""
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > 8:
        stem, ending = name, ""
    stem = _UNSAFE.sub("_", stem).strip("._ ")[:LONGEST_NAME] or "file"
    ending = re.sub(r"[^0-9A-Za-z]", "", ending)
    return f"{stem}.{ending}" if ending else stem


def _case(case: Case) -> dict[str, Any]:
    office, topic = case.office, case.topic
    return {
        "no": case.no, "edition": case.edition, "state": case.state, "title": case.title, "text": case.text,
        "channel": case.channel, "purpose": case.purpose, "place": case.place, "people_count": case.people_count,
        "topic": {"code": topic.code, "zh": topic.name_zh, "en": topic.name_en} if topic else None,
        "received_on": case.received_on.isoformat(), "registered_at": moment(case.registered_at), "closed_at": moment(case.closed_at),
        "unit": orgs.unit_of(office).name if office else "", "office": office.name if office else "",
        "responsible": case.responsible.name if case.responsible else "",
        "first_asked": case.first_asked.name if case.first_asked else "",
        "source": case.source, "external_id": case.external_id, "marks": case.marks,
    }  # fmt: skip


def _petitioner(row: Petitioner) -> dict[str, Any]:
    names = (
        "name",
        "id_kind",
        "id_number",
        "phone",
        "address",
        "is_representative",
        "acts_for",
        "reply_by",
        "large_print",
        "number",
        "succeeds",
        "letters",
        "since",
        "until",
    )
    return {name: getattr(row, name) for name in names}


def _agent(row: CaseAgent) -> dict[str, Any]:
    """Who was authorised; for what and until when stands in the case's marks under the same number."""
    return {name: getattr(row, name) for name in ("number", "name", "relation", "phone")}


def _shown(person: dict[str, Any], full: bool) -> dict[str, Any]:
    return person if full else person | {name: mask(person[name]) for name, mask in MASKS.items() if name in person}


def _claim(row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("number", "text", "result", "reason", "basis")}


def _clocks(case: Case) -> list[dict[str, Any]]:
    calendar = orgs.calendar()
    return [_clock(row, calendar) for row in sorted(case.clocks.all(), key=lambda row: row.pk)]


def _clock(row: Clock, calendar: Calendar) -> dict[str, Any]:
    steps = explain(row, calendar)
    return {
        "term": row.term, "name": row.rule.name.as_dict(), "article": row.rule.citation.as_dict(),
        "start": row.start_on.isoformat(), "days": row.days, "raw": row.raw_on.isoformat(), "due": row.due_on.isoformat(),
        "internal_due": row.internal_on.isoformat(), "provisional": row.provisional, "calendar": row.calendar,
        "stopped_on": row.stopped_on.isoformat() if row.stopped_on else "", "outcome": row.outcome,
        "explanation": {"zh": [step.zh for step in steps], "en": [step.en for step in steps]},
    }  # fmt: skip


def _event(event: CaseEvent) -> dict[str, Any]:
    return {
        "seq": event.seq, "action": event.action, "from": event.from_state, "to": event.to_state, "at": moment(event.at),
        "by_kind": event.by_kind, "by": event.by_name, "facts": event.facts, "effects": event.effects,
    }  # fmt: skip


def _letter(found: Contents, letter: CaseLetter) -> dict[str, Any]:
    """A letter's entry; its files are made along the way."""
    place = len(found.made) // len(LETTER_FORMS) + 1
    paths = []
    for form in LETTER_FORMS:
        path = f"letters/{place:02d}-{letter.kind}.{form}"
        found.made[path] = letter_files.made(found.case, letter, form).content
        paths.append(path)
    return {
        "kind": letter.kind, "label": letter.label, "dated_on": letter.dated_on.isoformat(), "seq": letter.seq,
        "unit": letter.unit.name, "data": letter.data, "files": paths,
    }  # fmt: skip


def _kept(place: int, row: CaseFile) -> Attachment:
    store, sha256 = documents.store(), row.file.sha256
    state = "whole" if store.is_whole(sha256) else "damaged" if sha256 in store else "missing"
    return Attachment(f"attachments/{place:02d}-{safe_name(row.file.name)}", row.file, state)


def _attachment(one: Attachment, row: CaseFile) -> dict[str, Any]:
    return {
        "path": one.path, "state": one.state, "name": row.file.name, "purpose": row.purpose, "seq": row.seq, "mime": row.file.mime,
        "size": row.file.size, "pages": row.file.pages, "sha256": row.file.sha256, "by": row.file.created_by,
        "at": moment(row.file.created_at),
    }  # fmt: skip


def _evaluation(given: Evaluation | None) -> dict[str, Any] | None:
    if given is None:
        return None
    ratings = {aspect: getattr(given, aspect) for aspect in ASPECTS}
    return ratings | {"comment": given.comment, "via": given.via, "at": moment(given.at)}
