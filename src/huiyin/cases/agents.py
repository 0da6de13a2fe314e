"""委托: who may act for a petitioner, for what and until when; and whether what somebody wants to do is covered.

The mark `agents` says what holds, the rows who it is. An authorisation gives a right beside the petitioner's own, and never in its
place: what the petitioner does themselves is asked for none. A family member who brings papers without one is not sent away – the
petitioner is asked, and the authorisation recorded.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from huiyin.cases.facts import tidy
from huiyin.cases.models import Case, CaseAgent, CaseEvent
from huiyin.kernel.errors import Invalid, Refused
from huiyin.people.contact import read_phone
from huiyin.procedure.actions import Action
from huiyin.procedure.editions.effects_persons_2022 import VALID, principal
from huiyin.procedure.editions.persons_2022 import BASES, OWN_PART, SCOPE_OF, SCOPES
from huiyin.procedure.words import Words, day_words

SCOPE_NAMES = {choice.code: choice.name for choice in SCOPES}
BASIS_NAMES = {choice.code: choice.name for choice in BASES}
ENDING = frozenset({"revoke_authority", "end_guardianship"})
Authority = Mapping[str, Any]


def valid(case: Case) -> dict[int, Authority]:
    """The authorisations of a case that were not revoked and did not end, by number; their days may still be over."""
    return {int(number): each for number, each in _known(case).items() if each["state"] == VALID}


def ending(step: str, case: Case) -> dict[int, Authority]:
    """Those of them that a step may end: a guardian's authority ends otherwise than what a petitioner gave."""
    found = valid(case).items()
    return {number: each for number, each in found if (each["basis"] == "guardian") == (step == "end_guardianship")}


def rows(case: Case) -> dict[int, CaseAgent]:
    """Who was ever authorised, by number; asks the database only where somebody was."""
    return {row.number: row for row in case.agents.all()} if _known(case) else {}


def whose(case: Case, facts: Mapping[str, Any]) -> CaseAgent | None:
    """Who acted for the petitioner at a step with these facts; None where they acted themselves."""
    return rows(case).get(facts["agent"]) if facts.get("agent") else None


def check(case: Case, step: Action, facts: Mapping[str, Any], *, today: date) -> None:
    """Raises Invalid if the step was taken by somebody for the petitioner and no authorisation covers it on the day of the act."""
    if not facts.get("agent"):
        return
    authority, on = _known(case).get(str(facts["agent"])), _acted_on(facts, today)
    if authority is None:
        raise _no("没有记过这项委托，请重新选。", "No such authorisation is on record; choose again.")
    if step.name in ENDING:
        _check_ending(case, step, facts["agent"])
        return
    _check_days(authority, on)
    scope = SCOPE_OF[step.name]
    if scope not in authority["scope"]:
        name = SCOPE_NAMES[scope]
        raise _no(
            f"委托里没有“{name.zh}”这一项。请本人来办，或者请本人把这一项补进委托。",
            f"The authorisation does not name “{name.en}”. Let the petitioner do it, or have it added by them.",
        )
    if step.name == OWN_PART and principal(authority) != facts["who"]:
        raise _no(
            "替本人办的只代表委托自己的那一位，请选那一位，或者另记委托。",
            "Whoever acts for one speaks for that one alone: choose that one, or record another authorisation.",
        )


def _check_ending(case: Case, step: Action, number: int) -> None:
    if number not in valid(case):
        raise _no("这项委托已经结束了。", "This authorisation has ended already.")
    if number in ending(step.name, case):
        return
    if step.name == "revoke_authority":
        raise _no(
            "这是监护人，不凭撤销终止；请用“监护终止”，附上文件。",
            "This is a guardian, whom nobody's word ends; take “End a guardian's authority”, with its paper.",
        )
    raise _no("这是委托，请用“委托终止”。", "This is an authorisation; take “End an authorisation”.")


def agreeing(case: Case, step: Action, facts: Mapping[str, Any], *, today: date) -> set[int]:
    """The petitioners for whom whoever acts at a step may take it, by number: several may let the same one act."""
    if not facts.get("agent"):
        return set()
    scope, on = SCOPE_OF[step.name], _acted_on(facts, today)
    held = _of_the_same(case, facts["agent"])
    return {principal(each) for each in held if scope in each["scope"] and _in_days(each, on)}


def _of_the_same(case: Case, number: int) -> list[Authority]:
    """The authorisations in force of whoever has the one of that number: several may let the same one act. A name alone, without a
    telephone, tells nobody from another."""
    known, who = valid(case), rows(case)
    one = who[number]
    same = {other for other, row in who.items() if one.phone and (row.name, row.phone) == (one.name, one.phone)}
    return [each for other, each in known.items() if other == number or other in same]


def _check_days(authority: Authority, on: date) -> None:
    if _in_days(authority, on):
        return
    ended = authority.get("ended_on")
    if ended and on.isoformat() >= ended:
        day = day_words(date.fromisoformat(ended), year=True)
        raise _no(
            f"这项委托{day.zh}就结束了，不能再替本人办。请本人来办，或者另记委托。",
            f"This authorisation ended on {day.en}. Let the petitioner act, or record a new one.",
        )
    span = days(authority)
    raise _no(
        f"委托的日子是{span.zh}，这一步不在里面。请本人来办，或者另记委托。",
        f"The authorisation holds {span.en}; this act lies outside. Let the petitioner act, or record a new one.",
    )


def _in_days(authority: Authority, on: date) -> bool:
    day, until, ended = on.isoformat(), authority.get("until_on"), authority.get("ended_on")
    return authority["from_on"] <= day and (not until or day <= until) and (not ended or day < ended)


def _acted_on(facts: Mapping[str, Any], today: date) -> date:
    """The day of the act: of the postmark, of receipt, or as recorded; else today."""
    named = next((facts[name] for name in ("posted_on", "received_on", "held_on", "on") if facts.get(name)), None)
    return date.fromisoformat(named) if named else today


def days(authority: Authority) -> Words:
    """From when until when."""
    first = day_words(date.fromisoformat(authority["from_on"]), year=True)
    if not authority.get("until_on"):
        return Words(f"从{first.zh}起", f"from {first.en}")
    last = day_words(date.fromisoformat(authority["until_on"]), year=True)
    return Words(f"从{first.zh}到{last.zh}", f"from {first.en} to {last.en}")


def row_of(case: Case, facts: Mapping[str, Any]) -> CaseAgent:
    """The row of an authorisation about to be recorded (not yet saved). Raises Invalid for a telephone that can't be read."""
    try:
        phone = read_phone(facts["phone"]) if facts.get("phone") else ""
    except Refused as error:
        error.field = "phone"
        raise Invalid({"phone": error}) from error
    name, relation = (tidy(facts[name], one_line=True) for name in ("name", "relation"))
    return CaseAgent(case=case, number=len(_known(case)) + 1, name=name, relation=relation, phone=phone)


def digest(case: Case, row: CaseAgent) -> str:
    """What the event keeps of who it is, as `petitioners.digest`."""
    told = json.dumps([row.number, row.name, row.relation, row.phone], ensure_ascii=False)
    return hashlib.sha256(f"{case.receipt_secret}\n{told}".encode()).hexdigest()


def differ(case: Case, history: list[CaseEvent]) -> bool:
    """Whether the rows are not those that the events were made with."""
    given = [event.effects["agent"] for event in history if "agent" in event.effects]
    return given != [digest(case, row) for row in (case.agents.all() if given or _known(case) else ())]


def _known(case: Case) -> dict[str, Authority]:
    return case.marks.get("agents") or {}


def _no(zh: str, en: str) -> Invalid:
    return Invalid({"agent": Refused(zh, en, field="agent")})
