"""What the letters say that send a matter on: to another office, to the body with authority, into another law's procedure."""

from __future__ import annotations

# data: official letters are Chinese
from collections.abc import Mapping
from datetime import date
from typing import Any

from huiyin.cases.dossiers import Data, Dossier, iso
from huiyin.orgs import queries as orgs

Facts = Mapping[str, Any]


def transfer(dossier: Dossier, facts: Facts, on: date) -> Data:
    """Facts: mode (forward | assign; without it, assign where result_due_on is given), result_due_on, and the receiver (see `receiver`)."""
    clock = dossier.clock("notice")
    running = clock is not None and clock.stopped_on is None and clock.start_on >= on
    return {
        "mode": facts.get("mode") or ("assign" if facts.get("result_due_on") else "forward"),
        "role": dossier.unit.role,
        "body": receiver(dossier, facts),
        "sent_on": on.isoformat(),
        "told_by": iso(clock.due_on) if clock and running else "",
        "result_due_on": facts.get("result_due_on", ""),
    }


def forward(dossier: Dossier, facts: Facts, on: date) -> Data:
    """Facts: the receiver (see `receiver`), asked (text, a line for each), result_due_on (for 交办), attachments."""
    return {
        "role": dossier.unit.role,
        "body": receiver(dossier, facts),
        "reach": _reach(dossier),
        "asked": facts.get("asked", ""),
        "result_due_on": facts.get("result_due_on", ""),
        "attachments": _attachments(facts),
        "contact": dossier.handler,
    }


def inform(dossier: Dossier, facts: Facts, on: date) -> Data:
    """Facts: body or office_name, body_address, body_phone, passed_on (without it today), passed_how, reason."""
    return {
        "body": receiver(dossier, facts),
        "passed_on": facts.get("passed_on") or on.isoformat(),
        "passed_how": facts.get("passed_how", ""),
        "reason": facts.get("reason", ""),
        "superior": dossier.unit.superior,
    }


def not_accepted(dossier: Dossier, facts: Facts, on: date) -> Data:
    """Facts: under_way {no, unit, phone, address, accepted_on, until} (the matter below), same, passed_on (without it today), passed_how."""
    names = ("under_way", "same", "passed_how")
    return {name: facts.get(name, "") for name in names} | {"passed_on": facts.get("passed_on") or on.isoformat()}


def direction(dossier: Dossier, facts: Facts, on: date) -> Data:
    """Facts: item ("1"–"4"), route (name of the procedure), body or office_name, body_address, body_phone, statute, limit (its words),
    limit_on, reason, bring, passed_how."""
    names = ("item", "route", "statute", "limit", "limit_on", "reason", "bring", "passed_how")
    told = {name: facts.get(name, "") for name in names}
    return told | {"body": receiver(dossier, facts), "superior": dossier.unit.superior}


def sealed_transfer(dossier: Dossier, facts: Facts, on: date) -> Data:
    """Facts: body or office_name, papers (a line for each). Neither who brought it nor what it says is written down here."""
    office = {"office": dossier.office.name, "phone": dossier.office.phone or dossier.unit.phone}
    return {
        "petitioner": {},
        "matter": "",
        "how": "",
        "body": receiver(dossier, facts),
        "role": dossier.unit.role,
        "papers": facts.get("papers", ""),
        "contact": office,
    }


def receiver(dossier: Dossier, facts: Facts) -> Data:
    """The body that a step names: in words (body or office_name, body_address, body_phone), as an office of the tree (office or target),
    or the unit that the matter went to."""
    if named := facts.get("body") or facts.get("office_name"):
        return {"name": named, "address": facts.get("body_address", ""), "phone": facts.get("body_phone", "")}
    chosen = facts.get("target") or facts.get("office")
    office = orgs.office(int(chosen)) if chosen else dossier.case.office if dossier.writer else None
    if office is None:
        return {"name": "", "address": "", "phone": ""}
    unit = orgs.unit_of(office)
    return {"name": unit.name, "address": unit.address or office.address, "phone": unit.phone or office.phone}


def _reach(dossier: Dossier) -> str:
    """How the receiver reaches the petitioner, who is owed a written notice."""
    one = dossier.petitioner
    known = (("信访人电话", one.phone), ("信访人住址", one.address)) if one else ()
    return "\n".join(f"{label}：{text}" for label, text in known if text)


def _attachments(facts: Facts) -> list[str]:
    return [facts["attachments"]] if facts.get("attachments") else []
