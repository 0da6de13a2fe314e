"""What the letters say that a unit writes while it handles a matter: by its duty, simply, in a hearing, by agreement, or not any more."""

from __future__ import annotations

# data: official letters are Chinese
from collections.abc import Mapping
from datetime import date
from typing import Any

from huiyin.cases.dossiers import Data, Dossier, due
from huiyin.cases.letter_contents.ordinary import notice
from huiyin.procedure.editions.guards_2022 import is_plea

Facts = Mapping[str, Any]
WAYS = {
    "visit": "当面", "hand": "当面", "phone": "打电话", "letter": "来信", "post": "来信", "web": "在网上", "message": "发短信",
    "email": "发电子邮件", "fax": "发传真",
}  # fmt: skip


def duty(dossier: Dossier, facts: Facts, on: date) -> Data:
    """Facts: statute, doing (a line for each), limit_on."""
    told = {name: facts.get(name, "") for name in ("statute", "doing", "limit_on")}
    return told | {"handler": dossier.handler, "superior": dossier.unit.superior}


def duty_reply(dossier: Dossier, facts: Facts, on: date) -> Data:
    """Facts of the step `draft_duty`: outcome (performed | not_performed), done, reasons, remedy; statute (without it that of the
    notice)."""
    facts = facts if "outcome" in facts else dossier.facts_of("draft_duty")
    told = {name: facts.get(name, "") for name in ("outcome", "done", "reasons", "remedy")}
    return told | {"statute": facts.get("statute") or dossier.recalled("statute"), "superior": dossier.unit.superior}


def simple_acceptance(dossier: Dossier, facts: Facts, on: date) -> Data:
    """Facts: route (text; without it the usual paragraph). The last day is that of the running clock `simple-handle`; there is a review
    (`reviewed`) for complaints and requests alone."""
    told = {"accepted_on": on.isoformat(), "due_on": due(dossier.clock("simple-handle"))}
    return notice(dossier, facts, on) | told | {"reviewed": is_plea(dossier.case.marks)}


def hearing(dossier: Dossier, facts: Facts, on: date) -> Data:
    """Facts: hearing_on, hearing_at, place, chair, participants (a line for each), subject, bring; stage (handle | rereview; without it
    rereview where its clock began)."""
    names = ("hearing_on", "hearing_at", "place", "chair", "participants", "subject", "bring")
    stage = facts.get("stage") or ("rereview" if dossier.clock("rereview") else "handle")
    return {name: facts.get(name, "") for name in names} | {"stage": stage}


def mediation(dossier: Dossier, facts: Facts, on: date) -> Data:
    """Facts: form (mediation | settlement), parties (a line for each), agreement (a line for each), perform_by, mediator, held_on."""
    names = ("form", "parties", "agreement", "perform_by", "mediator", "held_on")
    return {name: facts.get(name, "") for name in names}


def withdrawal(dossier: Dossier, facts: Facts, on: date) -> Data:
    """Facts: on (the day; without it today), way (a code of WAYS or words), reason, until (what was done so far),
    agent (who asked for it by authorisation). Of one of several it is their own part."""
    way = str(facts.get("way", ""))
    return {
        "withdrawn_on": facts.get("on") or on.isoformat(),
        "way": WAYS.get(way, way),
        "reason": facts.get("reason", ""),
        "until": facts.get("until", ""),
        "acting": dossier.acting(facts),
    } | ({"own_part": True} if dossier.for_one else {})
