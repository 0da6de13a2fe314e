"""What follows for the people of a matter: notice owed once they are known, authorisations and their end, an answer that reached nobody.

From which day the notice runs where name or address became clear later is not written. Art. 23(2) counts 15 days from receipt and
waives the duty only while they are unclear; what nobody could do can't be late. So the 15 days run from the day on which the unit
learned who it is and how they are reached, in the sense in which the law counts from knowing (民法典 Art. 188, 行政复议法 Art. 20);
see docs/adr/0011.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from huiyin.procedure.actions import Facts, Situation
from huiyin.procedure.editions.effects_routes_2022 import accepted_since, notice_again
from huiyin.procedure.editions.guards_2022 import fact_date, has_answer, is_plea
from huiyin.procedure.editions.standing_2022 import IN_WORK
from huiyin.procedure.states import STATES

Authority = dict[str, Any]
VALID, REVOKED, ENDED = "valid", "revoked", "ended"
PRINCIPAL_DIED, LEFT, TOOK_BACK = (
    "principal_died",
    "left",
    "took_back",
)  # why an authority ended that nobody ended by a step of its own


def owed_since_known(situation: Situation) -> date | None:
    """The day of knowing, where the notice was waived and the petitioner has neither been told nor had the answer in hand. Of what is
    settled, or agreed on in a paper that is in their hands, nothing is left to be told but an answer that reached nobody."""
    mark = situation.mark
    told = mark("acceptance_told_on") if mark("accepted_on") else mark("notified_on")
    untold = STATES[situation.snapshot.state].open and not told and not has_answer(situation)
    owed = bool(mark("notice_waived")) and (untold or bool(mark("unbrought")))
    return fact_date("on", situation) if owed else None


def identified(situation: Situation) -> dict[str, Any]:
    """Nothing is waived any more: the notice, the reasons of an extension, the answer in hand."""
    return {
        "identity_unclear": False,
        "notice_waived": False,
        "identified_on": fact_date("on", situation).isoformat(),
    }


def turns_ordinary(situation: Situation) -> bool:
    """Whether several turn out to bring what is handled simply: that excludes it (Measures, Art. 5), and the ordinary procedure follows."""
    snapshot = situation.snapshot
    return is_turned(snapshot.state, snapshot.marks, situation.facts)


def is_turned(state: str, marks: Mapping[str, Any], facts: Facts) -> bool:
    """The same, before a step is put together."""
    return bool(marks.get("simple")) and state in IN_WORK and _several(facts)


def accepted_simply(situation: Situation) -> date | None:
    """The 60 days of what turns ordinary count from the simple acceptance, and so do those for a reply."""
    return accepted_since(situation) if turns_ordinary(situation) else None


def turned_notice(situation: Situation) -> date | None:
    """The new notice of what turns ordinary."""
    return notice_again(situation) if turns_ordinary(situation) else None


def no_longer_simple(situation: Situation) -> date | None:
    return situation.today if _several(situation.facts) else None


def represented(situation: Situation) -> dict[str, Any]:
    """What several people bring together is excluded from simple handling (Measures, Art. 5)."""
    may = (
        situation.facts.get("empowered") or None
    )  # what the paper of these representatives lets them do, never that of earlier ones
    excluded = {"empowered": may} | ({"simple_excluded": True} if _several(situation.facts) else {})
    return excluded | ({"simple": False, "acceptance_told_on": None} if turns_ordinary(situation) else {})


def _several(facts: Facts) -> bool:
    return (facts.get("people_count") or 1) > 1


def authorised(situation: Situation) -> dict[str, Any]:
    """One authorisation more, with the next number; who it is stays with the people of the matter."""
    facts, known = situation.facts, dict(situation.mark("agents") or {})
    given = {name: facts.get(name) for name in ("basis", "scope", "from_on", "until_on", "of")}
    return {"agents": known | {str(len(known) + 1): given | {"state": VALID}}}


def ended(situation: Situation) -> dict[str, Any]:
    """The authority ends on the day on which what ends it happened, and the record keeps why."""
    known, why = situation.mark("agents") or {}, situation.facts.get("why") or "revoked"
    return _end(known, [str(situation.facts["agent"])], why, fact_date("on", situation))


def ended_by_death(situation: Situation) -> dict[str, Any]:
    """An authority ends with the death of the one for whom it holds (民法典 Arts. 173(4), 175(3))."""
    known, who = situation.mark("agents") or {}, situation.facts.get("who")
    theirs = [number for number, each in known.items() if not who or principal(each) == who]
    return _end(known, theirs, PRINCIPAL_DIED, fact_date("on", situation))


def ended_by_leaving(situation: Situation) -> dict[str, Any]:
    """Nobody acts in a matter for who takes no part in it any more."""
    return _end_for(situation, situation.facts.get("left") or (), LEFT, situation.today)


def ended_by_taking_back(situation: Situation) -> dict[str, Any]:
    """Nor for who took back their part, from the day on which they said so."""
    return _end_for(situation, (situation.facts.get("who"),), TOOK_BACK, fact_date("on", situation))


def _end_for(situation: Situation, gone: Collection[Any], why: str, on: date) -> dict[str, Any]:
    known = situation.mark("agents") or {}
    return _end(known, [number for number, each in known.items() if principal(each) in gone], why, on)


def speaks_no_more(situation: Situation) -> dict[str, Any]:
    """What the representatives together may give away for all ends where one of them dies or goes."""
    return {"empowered": None} if situation.facts.get("spoke") else {}


def followed(situation: Situation) -> dict[str, Any]:
    """Who carries on for whom, by number."""
    facts = situation.facts
    if not facts.get("heir"):
        return {}
    return {"heirs": {**(situation.mark("heirs") or {}), str(facts["heir"]): facts["who"]}}


def principal(authority: Mapping[str, Any]) -> int:
    """The number of the petitioner for whom an authority holds; where it names none there was one only."""
    return int(authority.get("of") or 1)


def _end(known: Mapping[str, Authority], numbers: list[str], why: str, on: date) -> dict[str, Any]:
    end = {"state": REVOKED if why == REVOKED else ENDED, "ended_on": on.isoformat(), "why": why}
    ends = {number: {**known[number], **end} for number in numbers if known.get(number, {}).get("state") == VALID}
    return {"agents": {**known, **ends}} if ends else {}


def unbrought(then: str) -> Any:
    """Marks that an answer reached nobody, and which right begins when it does: `review`, `rereview`, or only the `answer` itself."""

    def marked(situation: Situation) -> dict[str, Any]:
        if situation.facts.get("mode") != "unknown":
            return {"unbrought": None}
        return {"unbrought": then if then != "review" or is_plea(situation.snapshot.marks) else "answer"}

    return marked


def brought_to(right: str) -> Any:
    """The day on which the answer reached the petitioner, where that begins this right."""
    return lambda situation: fact_date("on", situation) if situation.mark("unbrought") == right else None


def in_hand(situation: Situation) -> dict[str, Any]:
    """The answer was brought after all; the petitioner's periods and ratings count from that day."""
    mark = {"review": "delivered_on", "rereview": "review_delivered_on"}.get(str(situation.mark("unbrought")))
    return {"unbrought": None} | ({mark: fact_date("on", situation).isoformat()} if mark else {})
