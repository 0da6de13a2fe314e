"""The official letters of a case: which step makes which, what it says, and its number.

A letter's content is frozen when its step is taken; the files are made from that content and nothing else, so they
can be made again at any time. Numbers run without gaps per unit and year: 云供信〔2026〕7号.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.conf import settings

from huiyin.cases.models import Case, CaseEvent, CaseLetter, Clock, Petitioner
from huiyin.cases.supervision import letter as supervision
from huiyin.documents.letters.content import DOCUMENTS, LetterIncompleteError, build, number_label
from huiyin.kernel import numbers
from huiyin.kernel.errors import Refused
from huiyin.orgs import queries as orgs
from huiyin.orgs.models import Office
from huiyin.procedure.actions import Paper
from huiyin.procedure.editions import edition
from huiyin.procedure.editions.guards_2022 import nature
from huiyin.procedure.states import STATES

HOW = {  # data: official letters are Chinese
    "letter": "来信", "visit": "来访", "phone": "来电", "fax": "传真", "web": "通过网上信访渠道", "email": "通过电子邮件",
    "social": "通过社交媒体", "hotline": "通过12345热线", "superior": "经上级机关", "leader": "在领导接访时", "community": "经社区",
}  # fmt: skip
OUTCOMES = {
    "supported": "support", "explained": "explain", "not_supported": "reject", "answered": "answer", "adopted": "adopt",
    "partly_adopted": "adopt_partly", "not_adopted": "decline",
}  # fmt: skip
UNNUMBERED = "service"
SERVED_BY = {
    "hand": "direct",
    "visit": "direct",
    "message": "electronic",
}  # ways of giving notice, as modes of delivery

Data = dict[str, Any]


@dataclass(frozen=True)
class Dossier:
    """What a letter draws on: the case with its office and person, its unit, who brought it, and its record in order."""

    case: Case
    unit: Office
    petitioner: Petitioner | None
    clocks: Sequence[Clock]
    events: Sequence[CaseEvent]
    letters: Sequence[CaseLetter]

    @property
    def office(self) -> Office:
        assert self.case.office is not None
        return self.case.office

    @property
    def handler(self) -> Data:
        """Whom a letter names for questions: the handler once the matter was assigned, before that the office alone.

        Who registers a matter answers for it, but won't handle it; a letter that named them would name the wrong person.
        """
        office = {"office": self.office.name, "phone": self.office.phone or self.unit.phone}
        person = self.case.responsible
        if person is None or STATES[self.case.state].step < STATES["handling"].step:
            return office
        return office | {"name": person.name, "phone": person.phone or office["phone"]}

    def clock(self, term: str) -> Clock | None:
        """The last clock of a term."""
        return next((clock for clock in reversed(self.clocks) if clock.term == term), None)

    def event(self, action: str) -> CaseEvent | None:
        """The last act of that name."""
        return next((event for event in reversed(self.events) if event.action == action), None)

    def last(self, kinds: Collection[str]) -> CaseLetter | None:
        """The last letter of one of these kinds."""
        return next((letter for letter in reversed(self.letters) if letter.kind in kinds), None)


def dossier_of(case: Case) -> Dossier:
    """The dossier of a case from its rows."""
    assert case.office is not None
    return Dossier(
        case, orgs.unit_of(case.office), case.petitioners.order_by("pk").first(), list(case.clocks.order_by("pk")),
        list(case.events.order_by("seq")), list(case.letters.order_by("seq", "pk")),
    )  # fmt: skip


def write_for(case: Case, event: CaseEvent, *, on: date) -> list[CaseLetter]:
    """Makes the letters of a step, if the procedure asks for any. Raises Refused naming what a letter still lacks."""
    if not edition(case.edition).action(event.action).papers_for(case.marks, event.facts, on):
        return []
    made = letters_of(dossier_of(case), event, on=on, take=numbers.take)
    for letter in made:
        letter.save(force_insert=True)
    return made


def letters_of(
    dossier: Dossier, event: CaseEvent, *, on: date, take: Callable[[str], int], proof: bool = True
) -> list[CaseLetter]:
    """The letters of a step (not yet saved); `take` gives the next number under a counter's name.

    Raises Refused naming what they lack, unless `proof` is left out for data that are known to be complete.
    """
    case, made = dossier.case, list[CaseLetter]()
    for paper in edition(case.edition).action(event.action).papers_for(case.marks, event.facts, on):
        known = replace(dossier, letters=[*dossier.letters, *made])
        made.append(_letter(known, paper, event, on=on, take=take))
        if proof:
            check(paper.kind, made[-1].data)
    return made


def _letter(dossier: Dossier, paper: Paper, event: CaseEvent, *, on: date, take: Callable[[str], int]) -> CaseLetter:
    unit, number = dossier.unit, None
    if paper.kind == supervision.KIND:
        unit = supervision.issuer(event, unit)
    served = dossier.last(paper.proves)
    label = served.label if served else "—"
    if paper.kind != UNNUMBERED:
        number = take(f"letter:{unit.pk}:{on.year}")
        label = number_label(_prefix(unit), on.year, number)
    data = content(dossier, paper.kind, event.facts, on=on, label=label)
    if paper.proves:
        data |= _served(served, event)
    if paper.kind == supervision.KIND:
        data |= supervision.data(dossier.case, dossier.unit, event, dossier.clocks, by=unit)
    return CaseLetter(
        case=dossier.case, seq=event.seq, kind=paper.kind, unit=unit, year=on.year, number=number, label=label, dated_on=on,
        data=data,
    )  # fmt: skip


def check(kind: str, data: Mapping[str, Any]) -> None:
    """Raises Refused with a sentence if a letter of this kind could not be written from the data."""
    try:
        build(kind, data)
    except LetterIncompleteError as error:
        raise Refused(error.words.zh, error.words.en, code="letter_incomplete") from error


def preview(case: Case, kind: str, facts: Mapping[str, Any], *, on: date) -> Data:
    """The content of a letter as it would be, without a number."""
    dossier = dossier_of(case)
    return content(dossier, kind, facts, on=on, label=f"{_prefix(dossier.unit)}〔{on.year}〕　号")


def answer_kind(case: Case) -> str:
    """The kind of letter that answers this case when it is issued."""
    return edition(case.edition).action("issue").papers_for(case.marks, {}, case.received_on)[0].kind


def content(dossier: Dossier, kind: str, facts: Mapping[str, Any], *, on: date, label: str) -> Data:
    """The frozen content of a letter of `kind` from the record as it stands and the facts of the step."""
    return _shared(dossier, on, label) | _SPECIAL[kind](dossier, facts, on)


def _prefix(unit: Office) -> str:
    return unit.letter_prefix or "信"  # data: official letters are Chinese


def _shared(dossier: Dossier, on: date, label: str) -> Data:
    case, office, unit = dossier.case, dossier.office, dossier.unit
    return {
        "sender": {"unit": unit.name, "office": office.name if office != unit else "", "phone": office.phone or unit.phone,
                   "address": office.address or unit.address, "hours": office.hours or unit.hours},
        "petitioner": {"name": dossier.petitioner.name if dossier.petitioner else ""},
        "matter": case.title,
        "case_number": case.no,
        "received_on": _iso(case.received_on),
        "how": HOW[case.channel],
        "number_label": label,
        "issued_on": on.isoformat(),
        "accepted_on": case.marks.get("accepted_on", ""),
        "nature": nature(case.marks),
        "contact": dossier.handler,
    }  # fmt: skip


def _iso(day: date | str | None) -> str:
    return day if isinstance(day, str) else day.isoformat() if day else ""


def _due(clock: Clock | None) -> str:
    return _iso(clock.due_on) if clock else ""


def _notice(dossier: Dossier, facts: Mapping[str, Any], on: date) -> Data:
    phone = dossier.office.phone or dossier.unit.phone
    return {
        "handler": dossier.handler,
        "queries": [f"网上查询：{settings.BASE_URL}/track/，凭收据上的查询码查询。", f"电话查询：{phone}，报查询码或者登记编号。"],
        "procedure": [line for line in str(facts.get("route", "")).splitlines() if line.strip()],
    }  # fmt: skip


def _acceptance(dossier: Dossier, facts: Mapping[str, Any], on: date) -> Data:
    due_on = _due(dossier.clock("handle") or dossier.clock("reply"))
    return _notice(dossier, facts, on) | {"accepted_on": on.isoformat(), "due_on": due_on}


def _extension(dossier: Dossier, facts: Mapping[str, Any], on: date) -> Data:
    event = dossier.event("extend")
    return {
        "due_on": _due(dossier.clock("handle")),
        "new_due_on": _due(dossier.clock("extend")),
        "days": facts["days"],
        "reason": facts["reason"],
        "approved_by": event.by_name if event else "",
        "approved_on": on.isoformat(),
    }


def _opinion(dossier: Dossier, facts: Mapping[str, Any], on: date) -> Data:
    event = dossier.event("draft")
    drafted = facts if "claims" in facts else event.facts if event else {}
    return {
        "claims": [_claim(claim) for claim in drafted.get("claims", [])],
        "facts": drafted.get("facts", ""),
        "remedy": {"body": drafted.get("superior", "")},
        "attachments": [drafted["attachments"]] if drafted.get("attachments") else [],
    }


def _claim(claim: Mapping[str, str]) -> Data:
    rules = [rule.strip() for rule in re.split(r"[；;\n]", claim.get("basis", "")) if rule.strip()]
    return {
        "text": claim["text"],
        "result": OUTCOMES.get(claim.get("result", ""), ""),
        "opinion": claim.get("reason", ""),
        "basis": rules,
        "ground": claim.get("ground", ""),
    }


def _service(dossier: Dossier, facts: Mapping[str, Any], on: date) -> Data:
    petitioner = dossier.petitioner
    return {
        "recipient": (petitioner.name if petitioner else "") or "信访人",
        "mode": SERVED_BY.get(facts["mode"], facts["mode"]),
        "place": petitioner.address if petitioner else "",
        "delivered_on": facts["on"],
        "signed_by": facts.get("received_by", ""),
        "received_for": facts.get("received_for", ""),
        "refusal": "受送达人拒绝签收" if facts.get("witness") and not facts.get("received_by") else "",
        "witness": facts.get("witness", ""),
        "note": _registered_post(facts),
    }


def _served(letter: CaseLetter | None, event: CaseEvent) -> Data:
    """Which letter was brought, and by whom: whoever recorded it, unless they named another."""
    return {
        "document": DOCUMENTS[letter.kind].zh if letter else "",
        "document_number": letter.label if letter else "",
        "deliverer": event.facts.get("delivered_by") or event.by_name,
    }


def _registered_post(facts: Mapping[str, Any]) -> str:
    return f"挂号号码：{facts['reference']}" if facts.get("reference") else ""  # data: official letters are Chinese


_SPECIAL = {
    "notice": _notice, "acceptance": _acceptance, "extension": _extension, "opinion": _opinion, "reply": _opinion,
    "service": _service, "supervision": lambda dossier, facts, on: {},
}  # fmt: skip
