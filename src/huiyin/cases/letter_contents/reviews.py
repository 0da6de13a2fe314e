"""What the letters say about an opinion that was given: the receipt of a request for review, its outcome, and what was carried out.

The opinions that went before are taken from the letters of the case. One that another body wrote outside this register is given by
the facts earlier_document, earlier_label, earlier_on, earlier_body and earlier_says.
"""

from __future__ import annotations

# data: official letters are Chinese
from collections.abc import Mapping
from datetime import date
from typing import Any

from huiyin.cases.dossiers import Data, Dossier, due, iso
from huiyin.cases.letter_contents.ordinary import notice
from huiyin.cases.models import Case, CaseEvent, CaseLetter
from huiyin.documents.letters.kinds.claims import OUTCOME
from huiyin.documents.letters.kinds.review_opinion import OUTCOMES
from huiyin.orgs import queries as orgs
from huiyin.procedure.papers import LETTERS

Facts = Mapping[str, Any]
CARRIED_OUT = ("opinion", "review_opinion", "rereview_opinion", "mediation")


def review_receipt(dossier: Dossier, facts: Facts, on: date) -> Data:
    """Facts: request (a line for each), requested_on or on (the day it was received; without it that of the clock), stage (review |
    rereview; without it rereview where its clock began), body (who decides, where that is no unit of this system), earlier_*."""
    stage = facts.get("stage") or ("rereview" if dossier.clock("rereview") else "review")
    asked = notice(dossier, {}, on)
    return {
        "stage": stage,
        "earlier": earlier(dossier, facts, _before(stage)),
        "requested_on": facts.get("requested_on") or facts.get("on") or _received(dossier, stage),
        "request": facts.get("request", ""),
        "due_on": due(dossier.clock(stage)),
        "handler": asked["handler"],
        "queries": asked["queries"],
        "decider": _decider(dossier, facts, stage),
        "acting": dossier.acting(facts),
    }


def _decider(dossier: Dossier, facts: Facts, stage: str) -> str:
    """Who decides the review: the unit above in the tree; where none is, the one named with the request, in the last opinion,
    or on record as the unit's superior."""
    if dossier.unit.parent:
        return orgs.unit_of(dossier.unit.parent).name
    outside = dossier.event("record_review") if stage == "rereview" else None
    if outside and ((letter := dossier.last(("review_opinion",))) is None or letter.seq < outside.seq):
        return str(facts.get("body") or outside.facts.get("remedy") or "复查意见书写明的单位")
    return facts.get("body") or _named(dossier, stage) or dossier.unit.superior


def _named(dossier: Dossier, stage: str) -> str:
    """Whom the opinion that is to be reviewed names for it."""
    if stage == "rereview":
        letter = dossier.last(("review_opinion",))
        return str(letter.data.get("body", {}).get("name", "")) if letter else ""
    letter = dossier.last(("opinion",))
    return str(letter.data.get("remedy", {}).get("body", "")) if letter else ""


def review_opinion(dossier: Dossier, facts: Facts, on: date) -> Data:
    """Facts: see `_decision`; body or superior (who re-reviews; without it the superior of this unit), body_address, body_phone."""
    facts = facts if "outcome" in facts else dossier.facts_of("draft_review")
    above = facts.get("body") or facts.get("superior") or dossier.unit.superior or _above(dossier)
    reach = {"name": above, "address": facts.get("body_address", ""), "phone": facts.get("body_phone", "")}
    return _decision(dossier, facts, "review") | {"body": reach}


def _above(dossier: Dossier) -> str:
    """The unit above in the tree, where no superior is on record."""
    return orgs.unit_of(dossier.unit.parent).name if dossier.unit.parent else ""


def rereview_opinion(dossier: Dossier, facts: Facts, on: date) -> Data:
    """Facts: see `_decision`; hearing_on; holds (what holds after it: `revoke` where it maintains a revocation)."""
    facts = facts if "outcome" in facts else dossier.facts_of("draft_rereview")
    holds = facts.get("holds") or dossier.case.marks.get("outcome") or ""
    return _decision(dossier, facts, "rereview") | {"holds": holds}


def _decision(dossier: Dossier, facts: Facts, stage: str) -> Data:
    """Facts: outcome (maintain | change | revoke), findings, reasons, basis, decided (a line for each), redo_by; request and requested_on
    (without them as they were recorded when it was asked for), hearing_on, earlier_*."""
    names = ("outcome", "findings", "reasons", "basis", "decided", "redo_by")
    return {name: facts.get(name, "") for name in names} | {
        "request": facts.get("request") or dossier.recalled("request"),
        "requested_on": facts.get("requested_on") or _received(dossier, stage),
        "hearing_on": facts.get("hearing_on") or (dossier.recalled("hearing_on") if stage == "rereview" else ""),
        "earlier": earlier(dossier, facts, _before(stage)),
    }


def not_again(dossier: Dossier, facts: Facts, on: date) -> Data:
    """Facts: concluded {document, label, on, unit, says} (the opinion of the re-review), same, help (a line for each)."""
    concluded = facts.get("concluded")
    return {"earlier": [concluded] if concluded else [], "same": facts.get("same", ""), "help": facts.get("help", "")}


def execution(dossier: Dossier, facts: Facts, on: date) -> Data:
    """Facts: done (a line for each), on (the day; without it today), amount, paid_on (without it that day), proof, outstanding,
    earlier_*."""
    names, day = ("done", "amount", "proof", "outstanding"), facts.get("on") or on.isoformat()
    latest = dossier.last(CARRIED_OUT)
    return {name: facts.get(name, "") for name in names} | {
        "proof": "；".join(line.strip() for line in str(facts.get("proof", "")).splitlines() if line.strip()),
        "on": day,
        "paid_on": facts.get("paid_on") or (day if facts.get("amount") else ""),
        "earlier": earlier(dossier, facts, (latest.kind,) if latest else ()),
    }


def _before(stage: str) -> tuple[str, ...]:
    return ("opinion", "review_opinion") if stage == "rereview" else ("opinion",)


def _received(dossier: Dossier, stage: str) -> str:
    """The day on which the request was received: the clock counts from it (Arts. 35 and 36)."""
    clock = dossier.clock(stage)
    return iso(clock.start_on) if clock else ""


def earlier(dossier: Dossier, facts: Facts, kinds: tuple[str, ...]) -> list[Data]:
    """The last letter of each of these kinds, and the one that the facts describe."""
    found = [told for kind in kinds if (told := opinion_of(dossier, kind))]
    described = {
        "document": facts.get("earlier_document") or LETTERS[kinds[-1] if kinds else "opinion"].zh,
        "label": facts.get("earlier_label", ""),
        "on": facts.get("earlier_on", ""),
        "unit": facts.get("earlier_body", ""),
        "says": facts.get("earlier_says", ""),
    }
    return [*found, described] if described["label"] else found


def opinion_of(dossier: Dossier, kind: str) -> Data | None:
    """The last opinion of a kind: a letter of this register, or one of another body that was recorded after it."""
    letter, recorded = dossier.last((kind,)), dossier.event(f"record_{kind.removesuffix('_opinion')}")
    if recorded and (letter is None or letter.seq < recorded.seq):
        return _outside(kind, recorded.facts)
    if letter is None and kind == "opinion" and (came := dossier.event("import_closed")):
        return _taken_over(dossier.case, came)
    return _told(letter) if letter else None


def _taken_over(case: Case, came: CaseEvent) -> Data:
    """The answer of an earlier system: its number there, where it had one, and its day; which unit gave it is that which took it over."""
    known = case.external_id and not case.external_id.startswith("sha256:")
    return {
        "document": "信访事项答复",
        "label": f"原编号{case.external_id}" if known else f"登记编号{case.no}",
        "on": came.facts["replied_on"],
        "unit": orgs.unit_of(orgs.office(came.effects["office"])).name,
        "says": "",
    }


def _outside(kind: str, facts: Facts) -> Data:
    return {
        "document": LETTERS[kind].zh,
        "label": facts["label"],
        "on": facts["dated_on"],
        "unit": facts["body"],
        "says": _decided(kind, facts["outcome"]),
    }


def _told(letter: CaseLetter) -> Data:
    return {
        "document": LETTERS[letter.kind].zh,
        "label": letter.label,
        "on": letter.dated_on.isoformat(),
        "unit": letter.data["sender"]["unit"],
        "says": "；".join(_substance(letter)),
    }


def _substance(letter: CaseLetter) -> list[str]:
    """What an opinion decided, in short."""
    data = letter.data
    if letter.kind == "opinion":
        return [
            f"“{claim['text']}”，{OUTCOME[claim['result']]}" for claim in data["claims"] if claim["result"] in OUTCOME
        ]
    return [_decided(letter.kind, data["outcome"])] if data.get("outcome") in OUTCOMES else []


def _decided(kind: str, outcome: str) -> str:
    """A re-review decides about the opinion of the review, that about the first one."""
    return f"{OUTCOMES[outcome]}{'复查意见' if kind == 'rereview_opinion' else '原处理意见'}"
