"""What follows for the people of a matter: notice owed once they are known, authorisations and their end, an answer that reached nobody.

From which day the notice runs where name or address became clear later is not written. Art. 23(2) counts 15 days from receipt and
waives the duty only while they are unclear; what nobody could do can't be late. So the 15 days run from the day on which the unit
learned who it is and how they are reached, in the sense in which the law counts from knowing (民法典 Art. 188, 行政复议法 Art. 20);
see docs/adr/0011.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from huiyin.procedure.actions import Situation
from huiyin.procedure.editions.guards_2022 import fact_date, is_plea
from huiyin.procedure.states import STATES

Authority = dict[str, Any]
VALID, REVOKED, ENDED = "valid", "revoked", "ended"


def owed_since_known(situation: Situation) -> date | None:
    """The day of knowing, where the notice was waived and the petitioner has neither been told nor had the answer in hand. Of a
    settled matter nothing is left to be told but an answer that reached nobody."""
    mark = situation.mark
    told = mark("acceptance_told_on") if mark("accepted_on") else mark("notified_on")
    untold = STATES[situation.snapshot.state].open and not told
    owed = bool(mark("notice_waived")) and (untold or bool(mark("unbrought")))
    return fact_date("on", situation) if owed else None


def identified(situation: Situation) -> dict[str, Any]:
    """Nothing is waived any more: the notice, the reasons of an extension, the answer in hand."""
    return {
        "identity_unclear": False,
        "notice_waived": False,
        "identified_on": fact_date("on", situation).isoformat(),
    }


def represented(situation: Situation) -> dict[str, Any]:
    """What several people bring together is excluded from simple handling (Measures, Art. 5)."""
    return {"simple_excluded": True} if (situation.facts.get("people_count") or 1) > 1 else {}


def authorised(situation: Situation) -> dict[str, Any]:
    """One authorisation more, with the next number; who it is stays with the people of the matter."""
    facts, known = situation.facts, dict(situation.mark("agents") or {})
    given = {name: facts.get(name) for name in ("basis", "scope", "from_on", "until_on", "of")}
    return {"agents": known | {str(len(known) + 1): given | {"state": VALID}}}


def revoked(situation: Situation) -> dict[str, Any]:
    """The authorisation ends on the day on which the petitioner said so."""
    known, number = situation.mark("agents") or {}, str(situation.facts["agent"])
    ended = {**known.get(number, {}), "state": REVOKED, "ended_on": fact_date("on", situation).isoformat()}
    return {"agents": {**known, number: ended}}


def ended_by_death(situation: Situation) -> dict[str, Any]:
    """An authorisation ends with the death of whoever gave it (民法典 Arts. 173(4), 175(3))."""
    known, who = situation.mark("agents") or {}, situation.facts.get("who")
    on = fact_date("on", situation).isoformat()
    ends = {
        number: {**each, "state": ENDED, "ended_on": on}
        for number, each in known.items()
        if each["state"] == VALID and (not who or each["of"] in (who, None, ""))
    }
    return {"agents": {**known, **ends}} if ends else {}


def unbrought(then: str) -> Any:
    """Marks that an answer reached nobody, and which right begins when it does: `review`, `rereview`, or only the `answer` itself."""

    def marked(situation: Situation) -> dict[str, Any]:
        if situation.facts.get("mode") != "unknown":
            return {"unbrought": None}
        return {"unbrought": then if then != "review" or is_plea(situation.snapshot.marks) else "answer"}

    return marked


def brought_to(right: str) -> Any:
    """The day on which the answer reached the petitioner, where that begins this right; `owed` is what the record says."""
    return lambda situation: fact_date("on", situation) if situation.facts.get("owed") == right else None


def in_hand(situation: Situation) -> dict[str, Any]:
    """The answer was brought after all; the petitioner's periods and ratings count from that day."""
    mark = {"review": "delivered_on", "rereview": "review_delivered_on"}.get(str(situation.facts.get("owed")))
    return {"unbrought": None} | ({mark: fact_date("on", situation).isoformat()} if mark else {})
