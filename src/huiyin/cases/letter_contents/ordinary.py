"""What the letters of the ordinary path say: notice, acceptance, extension, opinion or reply, proof of delivery."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings

from huiyin.cases.dossiers import Data, Dossier, due

OUTCOMES = {
    "supported": "support", "explained": "explain", "not_supported": "reject", "answered": "answer", "adopted": "adopt",
    "partly_adopted": "adopt_partly", "not_adopted": "decline",
}  # fmt: skip
SERVED_BY = {
    "hand": "direct",
    "visit": "direct",
    "message": "electronic",
}  # ways of giving notice, as modes of delivery


def notice(dossier: Dossier, facts: Mapping[str, Any], on: date) -> Data:
    """Facts: route (text; without it the usual paragraph)."""
    phone = dossier.office.phone or dossier.unit.phone
    return {
        "handler": dossier.handler,
        "queries": [f"网上查询：{settings.BASE_URL}/track/，凭收据上的查询码查询。", f"电话查询：{phone}，报查询码或者登记编号。"],
        "procedure": [line for line in str(facts.get("route", "")).splitlines() if line.strip()],
    }  # fmt: skip


def acceptance(dossier: Dossier, facts: Mapping[str, Any], on: date) -> Data:
    """Facts: route. What was accepted before, simply or on another way, keeps its day: the 60 days count from it."""
    due_on = due(dossier.clock("handle") or dossier.clock("reply"))
    return notice(dossier, facts, on) | {
        "accepted_on": dossier.case.marks.get("accepted_on") or on.isoformat(),
        "due_on": due_on,
    }


def extension(dossier: Dossier, facts: Mapping[str, Any], on: date) -> Data:
    """Facts: days, reason. Who approved it is whoever took the step `extend`."""
    event = dossier.event("extend")
    return {
        "due_on": due(dossier.clock("handle")),
        "new_due_on": due(dossier.clock("extend")),
        "days": facts["days"],
        "reason": facts["reason"],
        "approved_by": event.by_name if event else "",
        "approved_on": on.isoformat(),
    }


def opinion(dossier: Dossier, facts: Mapping[str, Any], on: date) -> Data:
    """Facts, or those of the step `draft`: claims, facts, superior, attachments."""
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


def service(dossier: Dossier, facts: Mapping[str, Any], on: date) -> Data:
    """Facts: mode, on, place (without it the registered address, where it was brought there), received_by, received_for, agent (who is authorised to receive it), witness, reference."""
    petitioner = dossier.petitioner
    addressed = dossier.addressed
    return {
        "recipient": f"{addressed['name']}{addressed.get('honorific', '')}" or "信访人",
        "mode": SERVED_BY.get(facts["mode"], facts["mode"]),
        "place": facts.get("place") or (petitioner.address if petitioner and not at_the_office(facts) else ""),
        "delivered_on": facts["on"],
        "signed_by": facts.get("received_by", ""),
        "received_for": dossier.acting(facts) or facts.get("received_for", ""),
        "refusal": "受送达人拒绝签收" if facts.get("witness") and not facts.get("received_by") else "",
        "witness": facts.get("witness", ""),
        "note": _registered_post(facts),
    }


def at_the_office(facts: Mapping[str, Any]) -> bool:
    """Whether this was handed over on the spot or came on a screen, so that the registered address was not the place."""
    return facts["mode"] in {"hand", "message", "electronic"}


def _registered_post(facts: Mapping[str, Any]) -> str:
    return f"挂号号码：{facts['reference']}" if facts.get("reference") else ""  # data: official letters are Chinese
