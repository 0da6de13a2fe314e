"""The official letters of a case: which step makes which, what it says, and its number.

A letter's content is frozen when its step is taken; the files are made from that content and nothing else, so they
can be made again at any time. Numbers run without gaps per unit and year: 云供信〔2026〕7号.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from huiyin.cases.dossiers import Data, Dossier, before_leaving, dossier_of, iso, to_one
from huiyin.cases.letter_contents import CONTENTS
from huiyin.cases.models import Case, CaseEvent, CaseLetter
from huiyin.cases.supervision import letter as supervision
from huiyin.documents.letters.content import DOCUMENTS, LetterIncompleteError, build, number_label
from huiyin.kernel import numbers
from huiyin.kernel.errors import Refused
from huiyin.orgs.models import Office
from huiyin.procedure.actions import Paper
from huiyin.procedure.editions import edition
from huiyin.procedure.editions.guards_2022 import nature
from huiyin.procedure.papers import HANDING_ON, TO_PETITIONER

HOW = {  # data: official letters are Chinese
    "letter": "来信", "visit": "来访", "phone": "来电", "fax": "传真", "web": "通过网上信访渠道", "email": "通过电子邮件",
    "social": "通过社交媒体", "hotline": "通过12345热线", "superior": "经上级机关", "leader": "在领导接访时", "community": "经社区",
    "screening": "经排查发现",
}  # fmt: skip
UNNUMBERED = "service"


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
    dossier = before_leaving(dossier, event) if paper.kind in HANDING_ON else dossier
    dossier = to_one(dossier, event.facts[paper.to]) if paper.to else dossier
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
    copies = [row.name for row in dossier.copies] if kind in TO_PETITIONER else []
    return _shared(dossier, on, label) | CONTENTS[kind](dossier, facts, on) | ({"copies": copies} if copies else {})


def _prefix(unit: Office) -> str:
    return unit.letter_prefix or "信"  # data: official letters are Chinese


def _shared(dossier: Dossier, on: date, label: str) -> Data:
    case, office, unit = dossier.case, dossier.office, dossier.unit
    return {
        "sender": {"unit": unit.name, "office": office.name if office != unit else "", "phone": office.phone or unit.phone,
                   "address": office.address or unit.address, "hours": office.hours or unit.hours},
        "petitioner": dossier.addressed,
        "matter": case.title,
        "case_number": case.no,
        "received_on": iso(case.received_on),
        "how": HOW[case.channel],
        "number_label": label,
        "issued_on": on.isoformat(),
        "accepted_on": case.marks.get("accepted_on", ""),
        "nature": nature(case.marks),
        "contact": dossier.handler,
    }  # fmt: skip


def _served(letter: CaseLetter | None, event: CaseEvent) -> Data:
    """Which letter was brought, and by whom: whoever recorded it, unless they named another."""
    return {
        "document": DOCUMENTS[letter.kind].zh if letter else "",
        "document_number": letter.label if letter else "",
        "deliverer": event.facts.get("delivered_by") or event.by_name,
    }
